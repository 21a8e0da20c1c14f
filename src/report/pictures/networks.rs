//! Who trusts and leads whom, at the start and at the end of one run; and how every forum's
//! meetings ended, over several runs.

use super::About;
use crate::measure::{Record, Table, Values};
use crate::model::setup::Setup;
use crate::report::palette::{Decision, Kind, Tier};
use crate::report::{
    ForumMap, ForumRow, Heading, NetworkLeader, NetworkMap, NetworkPanel, NetworkTie, TiesShown,
};
use std::collections::BTreeMap;

/// Leaders that a network picture shows at most.
const MOST_LEADERS: usize = 300;
/// Organisations that a network picture shows at most.
const MOST_ORGANISATIONS: usize = 24;
/// Ties that a network picture shows at each moment for each leader, and in all; of more, single ones could not be followed.
const TIES: (usize, usize) = (2, 160);
/// Forums that the map shows at most.
const MOST_FORUMS: usize = 600;

/// The first leaders, as many as fit a picture with their organisations; and those organisations.
fn first_part(setup: &Setup) -> (usize, Vec<u32>) {
    let mut organisations: Vec<u32> = Vec::new();
    for (shown, post) in setup.posts.iter().enumerate() {
        if !organisations.contains(&post.organisation) {
            if organisations.len() == MOST_ORGANISATIONS {
                return (shown, organisations);
            }
            organisations.push(post.organisation);
        }
        if shown + 1 == MOST_LEADERS {
            return (MOST_LEADERS, organisations);
        }
    }
    (setup.posts.len(), organisations)
}

/// Runs with their optional tables kept: leaders, ties and forums.
#[derive(Clone, Debug)]
pub struct Traced<'a> {
    /// The description.
    pub setup: &'a Setup,
    /// The runs; the first one is shown as networks.
    pub records: Vec<Record>,
}

fn table<'a>(record: &'a Record, name: &str) -> Option<&'a Table> {
    record.tables.iter().find(|table| table.name == name)
}

fn numbers(table: &Table, name: &str) -> Vec<f64> {
    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    match table
        .columns
        .iter()
        .find(|column| column.name == name)
        .map(|column| &column.values)
    {
        Some(Values::Number(values)) => values.clone(),
        Some(Values::Integer(values)) => values.iter().map(|value| *value as f64).collect(),
        _ => Vec::new(),
    }
}

fn texts<'a>(table: &'a Table, name: &str) -> &'a [String] {
    match table
        .columns
        .iter()
        .find(|column| column.name == name)
        .map(|column| &column.values)
    {
        Some(Values::Text(values)) => values,
        _ => &[],
    }
}

/// The networks of trust and of leadership in the first run, at start and end.
#[must_use]
pub fn networks(about: &About, traced: &Traced) -> Vec<(&'static str, NetworkMap)> {
    let Some(record) = traced.records.first() else {
        return Vec::new();
    };
    let (Some(leaders), Some(ties)) = (table(record, "leaders"), table(record, "ties")) else {
        return Vec::new();
    };
    let (shown, organisations) = first_part(traced.setup);
    let trust = Relation {
        stem: "network-trust",
        title: "Trust at the start and at the end",
        column: "trust",
        label: "trust",
        direction: "who trusts to who is trusted",
    };
    let leading = Relation {
        stem: "network-leadership",
        title: "Leadership at the start and at the end",
        column: "granted",
        label: "leadership granted",
        direction: "who grants to who leads",
    };
    [trust, leading]
        .into_iter()
        .map(|relation| {
            let panels = panels(traced.setup, leaders, ties, relation.column, shown);
            let map = NetworkMap {
                heading: Heading {
                    title: relation.title.to_owned(),
                    caption: format!(
                        "{} One run, replicate 0{}.",
                        about.caption(),
                        part(traced.setup, shown)
                    ),
                    alt: spoken(about, &relation, (shown, organisations.len()), &panels),
                },
                organisations: organisations
                    .iter()
                    .map(|one| &traced.setup.organisations[*one as usize])
                    .map(|one| named(&one.name, &one.id))
                    .collect(),
                leaders: people(traced.setup, leaders, shown, &organisations),
                tie_label: relation.label.to_owned(),
                direction: relation.direction.to_owned(),
                size_label: "standing".to_owned(),
                shown: TiesShown::together(&panels, (TIES.0 * shown).min(TIES.1)),
                panels,
            };
            (relation.stem, map)
        })
        .collect()
}

/// What ties leaders: file stem, title, column of the table of ties, and words.
struct Relation {
    stem: &'static str,
    title: &'static str,
    column: &'static str,
    label: &'static str,
    direction: &'static str,
}

/// What both moments come to, in words.
fn spoken(
    about: &About,
    relation: &Relation,
    (leaders, organisations): (usize, usize),
    panels: &[NetworkPanel],
) -> String {
    let moment = |panel: &NetworkPanel| {
        let weights = || {
            panel
                .ties
                .iter()
                .map(|tie| tie.weight)
                .filter(|weight| *weight > 0.0)
        };
        let count = weights().count();
        let Relation { label, .. } = relation;
        if count == 0 {
            return format!("{}: no ties of {label}", panel.title);
        }
        #[allow(clippy::cast_precision_loss, reason = "a small count")]
        let mean = weights().sum::<f64>() / count as f64;
        let strongest = weights().fold(0.0, f64::max);
        format!(
            "{}: {count} ties of {label}, {mean:.2} on average, {strongest:.2} at most",
            panel.title
        )
    };
    let moments: Vec<String> = panels.iter().map(moment).collect();
    format!(
        "{} of one run of {}: {leaders} leaders in {organisations} organisations. {}.",
        relation.title,
        about.title,
        moments.join(". ")
    )
}

fn part(setup: &Setup, shown: usize) -> String {
    let all = setup.posts.len();
    if shown < all {
        format!("; the first {shown} of {all} leaders")
    } else {
        String::new()
    }
}

fn named(name: &str, id: &str) -> String {
    if name.is_empty() {
        id.to_owned()
    } else {
        name.to_owned()
    }
}

fn people(
    setup: &Setup,
    leaders: &Table,
    shown: usize,
    organisations: &[u32],
) -> Vec<NetworkLeader> {
    let place = |organisation| {
        organisations
            .iter()
            .position(|known| *known == organisation)
    };
    let kinds = texts(leaders, "kind");
    (0..shown)
        .map(|at| NetworkLeader {
            kind: match kinds.get(at).map(String::as_str) {
                Some("manager") => Kind::Manager,
                Some("citizen") => Kind::Citizen,
                _ => Kind::Clinician,
            },
            organisation: place(setup.posts[at].organisation).unwrap_or(0),
        })
        .collect()
}

fn panels(
    setup: &Setup,
    leaders: &Table,
    ties: &Table,
    column: &str,
    shown: usize,
) -> Vec<NetworkPanel> {
    let posts: BTreeMap<&str, usize> = setup
        .posts
        .iter()
        .take(shown)
        .zip(0..)
        .map(|(post, at)| (post.id.as_str(), at))
        .collect();
    let (when, standing) = (numbers(leaders, "cycle"), numbers(leaders, "standing"));
    let (tied, weights) = (numbers(ties, "cycle"), numbers(ties, column));
    let (from, to) = (texts(ties, "leader"), texts(ties, "other"));
    let end = when.iter().copied().fold(0.0, f64::max);
    let moments = [(0.0, "start".to_owned()), (end, format!("month {end:.0}"))];
    moments
        .into_iter()
        .map(|(moment, title)| {
            let now = |at: f64| (at - moment).abs() < 0.5;
            NetworkPanel {
                title,
                standing: when
                    .iter()
                    .zip(&standing)
                    .filter(|(at, _)| now(**at))
                    .map(|(_, standing)| *standing)
                    .take(shown)
                    .collect(),
                ties: (0..weights.len())
                    .filter(|row| now(tied[*row]))
                    .filter_map(|row| {
                        Some(NetworkTie {
                            from: *posts.get(from[row].as_str())?,
                            to: *posts.get(to[row].as_str())?,
                            weight: weights[row],
                        })
                    })
                    .collect(),
            }
        })
        .collect()
}

/// How every forum's meetings ended, month by month, over the traced runs.
#[must_use]
pub fn forum_map(about: &About, traced: &Traced) -> ForumMap {
    let months = traced.setup.horizon.cycles as usize;
    let runs = traced.records.len();
    let all = traced.setup.forums.len();
    let part = if all > MOST_FORUMS {
        format!(" The first {MOST_FORUMS} of {all} forums.")
    } else {
        String::new()
    };
    let mut shares: Vec<Vec<[f64; 5]>> = vec![vec![[0.0; 5]; months]; traced.setup.forums.len()];
    for record in &traced.records {
        let Some(forums) = table(record, "forums") else {
            continue;
        };
        for (row, decision) in texts(forums, "decision").iter().enumerate() {
            let (month, forum) = (row / shares.len(), row % shares.len());
            let Some(at) = ["agreement", "impasse", "imposed", "token", "no_quorum"]
                .iter()
                .position(|word| word == decision)
            else {
                continue;
            };
            if let Some(cell) = shares[forum].get_mut(month) {
                cell[at] += 1.0;
            }
        }
    }
    ForumMap {
        heading: Heading {
            title: "How meetings end, forum by forum".to_owned(),
            caption: format!("{}{part}", about.caption()),
            alt: endings(about, &shares, runs),
        },
        months: (1..).take(months).collect(),
        runs,
        forums: traced
            .setup
            .forums
            .iter()
            .zip(shares)
            .take(MOST_FORUMS)
            .map(|(forum, shares)| ForumRow {
                label: named(&forum.name, &forum.id),
                tier: Tier::ALL[forum.tier as usize],
                shares: shares
                    .into_iter()
                    .map(|cell| cell.map(|count| count / runs as f64))
                    .collect(),
            })
            .collect(),
    }
}

/// How all meetings of all forums ended, in words.
fn endings(about: &About, counts: &[Vec<[f64; 5]>], runs: usize) -> String {
    let sum = |at: usize| counts.iter().flatten().map(|cell| cell[at]).sum::<f64>();
    let all: f64 = (0..Decision::ALL.len()).map(sum).sum();
    let months = counts.first().map_or(0, Vec::len);
    let start = format!(
        "How the meetings of {} forums of {} ended in each of {}, {}.",
        counts.len(),
        about.title,
        super::months(months),
        super::runs(runs)
    );
    if all < 1.0 {
        return format!("{start} There were none.");
    }
    let share = |(at, decision): (usize, &Decision)| {
        format!("{} {:.0} %", decision.label(), 100.0 * sum(at) / all)
    };
    let shares: Vec<String> = Decision::ALL.iter().enumerate().map(share).collect();
    format!("{start} Of all meetings: {}.", shares.join(", "))
}
