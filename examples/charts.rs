//! Draws one chart of each kind from invented data: `cargo run --example charts -- FOLDER` (default `output/charts`).

use std::path::PathBuf;

use commonground::report::palette::{Kind, Tier, arm};
use commonground::report::{
    Band, Chart, CostPath, CostPathChart, ForumMap, ForumRow, Heading, LineChart, LinePanel,
    NetworkLeader, NetworkMap, NetworkPanel, NetworkTie, Series, TiesShown, save,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("output/charts"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let charts: [(&str, Box<dyn Chart>); 9] = [
        ("attendance", Box::new(attendance())),
        ("trust", Box::new(trust())),
        ("overview", Box::new(overview())),
        ("cost-path", Box::new(cost_path())),
        ("network-20", Box::new(network(20, 6, 1))),
        ("network-72", Box::new(network(72, 9, 1))),
        ("network-120", Box::new(network(120, 15, 2))),
        ("forums-one-run", Box::new(forums(1))),
        ("forums", Box::new(forums(200))),
    ];
    for (stem, chart) in charts {
        save(chart.as_ref(), &folder, stem)?;
    }
    Ok(())
}

/// A small generator (Lehmer), so that the pictures are the same everywhere.
struct Draws(u64);

impl Draws {
    /// Uniform in \[0, 1).
    fn share(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as f64 / 2_147_483_647.0
    }

    /// Between about -1 and 1, most often near 0.
    fn noise(&mut self) -> f64 {
        (self.share() + self.share() + self.share()) / 1.5 - 1.0
    }
}

fn heading(title: &str, caption: &str, alt: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        caption: caption.to_owned(),
        alt: alt.to_owned(),
    }
}

/// Runs of a quantity that rises or falls from `start` to `end` over `months`, and wanders by `wander`.
fn runs(draws: &mut Draws, months: usize, (start, end): (f64, f64), wander: f64) -> Vec<Vec<f64>> {
    let one = |draws: &mut Draws| {
        let mut off = 2.0 * wander * draws.noise();
        let step = |month: usize| {
            off = 0.93 * off + wander * draws.noise();
            let done = month as f64 / (month as f64 + 14.0) * (1.0 + 14.0 / months as f64);
            start + (end - start) * done + off
        };
        (0..months).map(step).collect()
    };
    (0..100).map(|_| one(draws)).collect()
}

/// A series with both bands and four single runs.
fn series(label: &str, colour: commonground::report::palette::Colour, runs: &[Vec<f64>]) -> Series {
    let months = runs.first().map_or(0, Vec::len);
    let n = runs.len() as f64;
    let (mut mean, mut outer, mut inner) = (Vec::new(), Band::default(), Band::default());
    for month in 0..months {
        let mut values: Vec<f64> = runs.iter().map(|run| run[month]).collect();
        values.sort_by(f64::total_cmp);
        let centre = values.iter().sum::<f64>() / n;
        let variance = values
            .iter()
            .map(|value| (value - centre) * (value - centre))
            .sum::<f64>()
            / (n - 1.0);
        let half = 1.96 * (variance / n).sqrt();
        mean.push(centre);
        outer.low.push(values[values.len() / 10]);
        outer.high.push(values[values.len() * 9 / 10]);
        inner.low.push(centre - half);
        inner.high.push(centre + half);
    }
    Series {
        label: label.to_owned(),
        colour,
        mean,
        bands: vec![outer, inner],
        single_runs: runs[..4].to_vec(),
    }
}

fn bands() -> Vec<String> {
    vec![
        "10–90 % of runs".to_owned(),
        "95 % interval of the mean".to_owned(),
    ]
}

fn attendance() -> LineChart {
    let mut draws = Draws(11);
    let ends = [(0.52, 0.44), (0.62, 0.68), (0.45, 0.48)];
    let lines = Kind::ALL.into_iter().zip(ends).map(|(kind, ends)| {
        let runs = runs(&mut draws, 61, ends, 0.03);
        let line = series(kind.plural(), kind.colour(), &runs);
        let bands = line.bands[1..].to_vec();
        Series { bands, ..line }
    });
    LineChart {
        marks: Vec::new(),
        heading: heading(
            "Attendance by kind of leader: managers keep coming, clinicians drift away",
            "Integrated care partnership, baseline scenario.",
            "Line chart of attendance over 60 months. Managers rise from .62 to .68, clinicians fall from .52 to .44, citizens stay near .47.",
        ),
        months: (0..=60).collect(),
        bands: bands().split_off(1),
        runs: 100,
        panels: vec![LinePanel {
            y_title: "attendance, share of invited leaders".to_owned(),
            y_range: Some((0.0, 1.0)),
            series: lines.collect(),
            ..LinePanel::default()
        }],
        columns: 1,
    }
}

fn trust() -> LineChart {
    let mut line = series(
        "trust",
        arm(1),
        &runs(&mut Draws(5), 120, (0.45, 0.61), 0.02),
    );
    line.mean[70..76].fill(f64::NAN);
    line.bands
        .iter_mut()
        .for_each(|band| band.low[70..76].fill(f64::NAN));
    LineChart {
        marks: Vec::new(),
        heading: heading(
            "Trust over ten years",
            "",
            "Line chart: mean trust rises from .45 to .61.",
        ),
        months: (1..=120).collect(),
        bands: bands(),
        runs: 100,
        panels: vec![LinePanel {
            y_title: "mean trust, 0 to 1".to_owned(),
            y_range: Some((0.0, 1.0)),
            series: vec![line],
            ..LinePanel::default()
        }],
        columns: 1,
    }
}

fn overview() -> LineChart {
    let mut draws = Draws(17);
    let outcomes = [
        ("Trust", "0 to 1", (0.45, 0.60), 1.0),
        ("Shared understanding", "0 to 1", (0.62, 0.74), 1.0),
        ("Commitment", "0 to 1", (0.45, 0.41), 1.0),
        ("Shared leadership", "0 to 1", (0.08, 0.33), 1.0),
        ("Wins", "projects a month", (0.2, 1.4), 4.0),
        ("Burnt out", "share of leaders", (0.22, 0.31), 1.0),
        ("Governance hours", "hours a month", (900.0, 1450.0), 4000.0),
        ("Service value", "index", (0.0, 7.5), 30.0),
    ];
    let panel = |(title, y_title, (start, end), size): (&str, &str, (f64, f64), f64)| {
        let base = runs(&mut draws, 61, (start, end), 0.02 * size);
        let better = end + 0.35 * (end - start);
        let with = runs(&mut draws, 61, (start, better), 0.02 * size);
        let mut series = vec![
            series("baseline", arm(0), &base),
            series("paired learning and a neutral chair", arm(1), &with),
        ];
        for series in &mut series {
            series.single_runs.clear();
        }
        LinePanel {
            title: title.to_owned(),
            y_title: y_title.to_owned(),
            series,
            ..LinePanel::default()
        }
    };
    LineChart {
        marks: Vec::new(),
        heading: heading(
            "All outcomes: paired learning with a neutral chair against the baseline",
            "Two arms on the same random numbers.",
            "Eight small line charts, each with two arms over 60 months.",
        ),
        months: (0..=60).collect(),
        bands: bands(),
        runs: 100,
        panels: outcomes.into_iter().map(panel).collect(),
        columns: 2,
    }
}

fn cost_path() -> CostPathChart {
    let mut draws = Draws(23);
    let arms = [
        ("baseline", 21.0, 1.0),
        ("leadership programme, few and deep", 31.0, 1.45),
        ("small wins", 23.5, 1.3),
    ];
    let path = |(index, (label, rate, gain)): (usize, (&str, f64, f64))| {
        let months: Vec<u32> = (0..=60).collect();
        let cost: Vec<f64> = months
            .iter()
            .map(|&month| rate * f64::from(month) * 20.0)
            .collect();
        let value: Vec<f64> = months
            .iter()
            .map(|&month| gain * f64::from(month * month) / f64::from(month + 30) * 1.2)
            .collect();
        let scaled = |by: f64| value.iter().map(|value| value * by).collect();
        let bands = vec![Band {
            low: scaled(0.97),
            high: scaled(1.03),
        }];
        let mut near = |end: f64, by: f64| end * (1.0 + by * draws.noise());
        let run_ends = (0..100)
            .map(|_| (near(cost[60], 0.1), near(value[60], 0.35)))
            .collect();
        CostPath {
            label: label.to_owned(),
            colour: arm(index),
            months,
            cost,
            value,
            bands,
            single_runs: Vec::new(),
            run_ends,
        }
    };
    CostPathChart {
        heading: heading(
            "What five years deliver, and what they cost",
            "Cost: hours of all leaders in governance and in the programme.",
            "Paths of cumulative value over cumulative hours for three arms, marked at each year.",
        ),
        x_title: "cumulative cost, hours".to_owned(),
        y_title: "cumulative delivered value, index".to_owned(),
        bands: vec!["95 % interval of the mean".to_owned()],
        runs: 100,
        paths: arms.into_iter().enumerate().map(path).collect(),
    }
}

const ORGANISATIONS: &str = "University Hospitals Trust,Community Services,Mental Health Trust,\
    North Primary Care Network,South Primary Care Network,County Council,Ambulance Service,\
    Voluntary Sector Alliance,Healthwatch,East Primary Care Network,Borough Council,Hospice,\
    Integrated Care Board,Federation of General Practices,Carers’ Forum";

fn network(leaders: usize, organisations: usize, moments: usize) -> NetworkMap {
    let mut draws = Draws(31);
    let kind = |share: f64| {
        if share < 0.5 {
            Kind::Clinician
        } else if share < 0.85 {
            Kind::Manager
        } else {
            Kind::Citizen
        }
    };
    let people: Vec<NetworkLeader> = (0..leaders)
        .map(|index| NetworkLeader {
            kind: kind(draws.share()),
            organisation: (index * index + index / 3) % organisations,
        })
        .collect();
    let first: Vec<f64> = people
        .iter()
        .map(|_| 0.5 + 1.2 * draws.share() * draws.share())
        .collect();
    let mut tie_strengths = Vec::new();
    for from in 0..leaders {
        for to in 0..leaders {
            let same = people[from].organisation == people[to].organisation;
            if from != to && draws.share() < if same { 0.6 } else { 0.16 } {
                tie_strengths.push((
                    NetworkTie {
                        from,
                        to,
                        weight: if same { 0.56 } else { 0.5 } + 0.25 * draws.noise(),
                    },
                    draws.noise(),
                ));
            }
        }
    }
    let moment = |number: usize| {
        let later = number as f64;
        let grown = |(tie, luck): &(NetworkTie, f64)| {
            let helped = later * (0.08 + 0.1 * luck + 0.06 * first[tie.to]);
            NetworkTie {
                weight: (tie.weight + helped).clamp(0.02, 0.98),
                ..*tie
            }
        };
        NetworkPanel {
            title: if number == 0 { "start" } else { "month 60" }.to_owned(),
            standing: first
                .iter()
                .map(|standing| standing + later * standing * standing * 0.5)
                .collect(),
            ties: tie_strengths.iter().map(grown).collect(),
        }
    };
    NetworkMap {
        heading: heading(
            if moments == 1 {
                "Who trusts whom"
            } else {
                "Who trusts whom, at the start and after five years"
            },
            "One run of the baseline scenario.",
            "Network map: leaders by organisation, ties of trust.",
        ),
        organisations: ORGANISATIONS
            .split(',')
            .take(organisations)
            .map(str::to_owned)
            .collect(),
        leaders: people,
        tie_label: "trust".to_owned(),
        size_label: "standing".to_owned(),
        direction: "who trusts to who is trusted".to_owned(),
        shown: TiesShown::Strongest(2 * leaders),
        panels: (0..moments).map(moment).collect(),
    }
}

fn forums(runs: usize) -> ForumMap {
    let mut draws = Draws(47);
    let executive = ["Partnership board", "Clinical senate"].map(|name| (name, Tier::Executive));
    let thematic = "Frailty,Urgent care,Mental health,Prevention and inequality,Workforce";
    let project = "Falls pathway,Shared record,Discharge to assess,Diabetes footcare,Crisis café,Social prescribing";
    let thematic = thematic.split(',').map(|name| (name, Tier::Thematic));
    let project = project.split(',').map(|name| (name, Tier::Project));
    let names = executive.into_iter().chain(thematic).chain(project);
    let row = |(index, (label, tier)): (usize, (&str, Tier))| {
        let level = 0.35 + 0.3 * draws.share();
        let cell = |month: usize| {
            if tier == Tier::Project && (month < 3 * index - 20 || month % 2 == 1) {
                return [f64::NAN; 5];
            }
            let agree = (level + month as f64 / 250.0 + 0.1 * draws.noise()).clamp(0.05, 0.9);
            let rest = 1.0 - agree;
            let shares = [agree, rest * 0.5, rest * 0.25, rest * 0.1, rest * 0.15];
            if runs > 1 {
                shares
            } else {
                one_of(shares, draws.share())
            }
        };
        ForumRow {
            label: label.to_owned(),
            tier,
            shares: (1..=60).map(cell).collect(),
        }
    };
    ForumMap {
        heading: heading(
            if runs > 1 {
                "How forums decide: agreement grows slowly, most in projects"
            } else {
                "How forums decide, in one run"
            },
            "",
            "Map of thirteen forums over sixty months, coloured by how their meetings ended.",
        ),
        months: (1..=60).collect(),
        runs,
        forums: names.enumerate().map(row).collect(),
    }
}

/// All of one run: the share in which `draw` falls.
fn one_of(shares: [f64; 5], draw: f64) -> [f64; 5] {
    let mut passed = 0.0;
    shares.map(|share| {
        passed += share;
        if (passed - share..passed).contains(&draw) {
            1.0
        } else {
            0.0
        }
    })
}
