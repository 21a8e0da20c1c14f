//! What `compare` says: short tables for people, everything as JSON.

use super::{Answers, rules};
use crate::analysis::compare::{Difference, Estimate, Group};
use crate::analysis::interval::Interval;
use crate::cli::job::Job;
use crate::cli::table::{number, table};
use crate::experiment::Experiment;
use crate::store::Folder;

/// Outcomes that are shown unless others are asked for.
const SHOWN: [&str; 4] = ["wins", "trust_end", "burnt_out", "hours"];
/// Rows of a table; its file has all.
const MOST_ROWS: usize = 40;

/// Which outcomes are shown.
pub(super) fn outcomes(asked: &[String], experiment: &Experiment) -> Vec<String> {
    if !asked.is_empty() {
        return asked.to_vec();
    }
    if !experiment.outcomes.is_empty() {
        return experiment.outcomes.clone();
    }
    SHOWN.map(str::to_owned).to_vec()
}

/// The tables for people.
pub(super) fn text(job: &Job, answers: &Answers) -> String {
    let mut parts = vec![job.experiment.scenarios[0].title().to_owned()];
    if !answers.left_out.is_empty() {
        parts.push(answers.left_out.clone());
    }
    parts.push(differences(job, answers));
    parts.push(best(answers));
    parts.push(efficient(answers));
    if !answers.robustness.is_empty() {
        parts.push(robust(answers));
    }
    if !answers.rules.is_empty() {
        parts.push(rules::text(answers));
    }
    if !answers.information.is_empty() {
        parts.push(worth_knowing(answers));
    }
    parts.join("\n\n")
}

/// An interval in words.
fn interval(found: Option<Interval>) -> String {
    let ends = [found.map(|one| one.low), found.map(|one| one.high)];
    format!("{} to {}", number(ends[0]), number(ends[1]))
}

/// Futures that are shown one by one.
const FEW_FUTURES: usize = 6;

/// Whether there are too many futures to show each difference in every one of them.
pub(super) fn many_futures(answers: &Answers) -> bool {
    answers
        .groups
        .iter()
        .any(|group| group.futures.len() > FEW_FUTURES)
}

/// Differences on average over futures, where there are several, and in each of few.
fn differences(job: &Job, answers: &Answers) -> String {
    let text = format!(
        "Difference from {}, with the same luck in both",
        against(job, &answers.groups)
    );
    let each = |row: &Difference| job.experiment.words(row.design_id);
    let mut parts = Vec::new();
    if !answers.pooled.is_empty() {
        let futures = answers.groups.iter().map(|group| group.futures.len()).max();
        let title = format!(
            "{text}, on average over {} futures",
            futures.unwrap_or_default()
        );
        let of = |row: &Difference| name(answers, row.design_id);
        parts.push(effects(
            &title,
            &answers.pooled,
            answers,
            of,
            "comparison_pooled.csv",
        ));
    }
    match many_futures(answers) {
        true => parts.push("In each future: comparison.csv".to_owned()),
        false => parts.push(effects(
            &text,
            &answers.differences,
            answers,
            each,
            "comparison.csv",
        )),
    }
    parts.join("\n\n")
}

fn effects(
    title: &str,
    rows: &[Difference],
    answers: &Answers,
    named: impl Fn(&Difference) -> String,
    file: &str,
) -> String {
    let shown = |outcome: &str| answers.outcomes.iter().any(|name| name == outcome);
    let rows: Vec<Vec<String>> = rows
        .iter()
        .filter(|row| shown(row.outcome))
        .map(|row| {
            let effect = &row.effect;
            vec![
                named(row),
                row.outcome.to_owned(),
                number(effect.difference),
                interval(effect.student),
                interval(effect.bootstrap),
                number(effect.hedges_g),
                number(effect.superiority),
                effect.size.map_or("-", |size| size.word()).to_owned(),
                effect.verdict.word().to_owned(),
                effect.n.to_string(),
            ]
        })
        .collect();
    let head = [
        "design",
        "outcome",
        "difference",
        "95 % by t",
        "95 % by bootstrap",
        "g",
        "A",
        "size",
        "verdict",
        "pairs",
    ];
    titled(title, &head, rows, file)
}

/// A table under its title; what it leaves out is in a file.
fn titled(title: &str, head: &[&str], rows: Vec<Vec<String>>, file: &str) -> String {
    let more = rows.len().saturating_sub(MOST_ROWS);
    let shown = table(head, rows.into_iter().take(MOST_ROWS));
    match more {
        0 => format!("{title}\n{shown}"),
        _ => format!("{title}\n{shown}\n{more} more rows: {file}"),
    }
}

/// A chance or a share in percent.
fn percent(share: Option<f64>) -> String {
    share.map_or("-".to_owned(), |share| format!("{:.0} %", 100.0 * share))
}

/// The name of a design that a row is of.
pub(super) fn name(answers: &Answers, design_id: u64) -> String {
    let designs = answers.groups.iter().flat_map(|group| &group.designs);
    let mut here = designs.filter(|design| design.design_id == design_id);
    here.next()
        .map_or(String::new(), |design| design.name.clone())
}

fn best(answers: &Answers) -> String {
    let shown = |outcome: &str| answers.outcomes.iter().any(|name| name == outcome);
    let rows = answers.ranks.iter().filter(|row| shown(row.outcome));
    let rows = rows.map(|row| {
        vec![
            name(answers, row.design_id),
            row.outcome.to_owned(),
            number(Some(row.mean)),
            row.rank.to_string(),
            percent(row.p_best),
            percent(row.p_worst),
        ]
    });
    let head = ["design", "outcome", "mean", "rank", "best", "worst"];
    let title = "Ranks, and the chance of being best and worst";
    titled(title, &head, rows.collect(), "ranks.csv")
}

/// Outcomes that say what is delivered and what it costs.
const VALUE: [(&str, &str); 5] = [
    ("delivered_value", "value"),
    ("hours", "hours"),
    ("value_per_hour", "value per 1,000 hours"),
    ("cost", "pounds"),
    ("value_per_pound", "value per million pounds"),
];

fn efficient(answers: &Answers) -> String {
    let mean = |design_id: u64, outcome: &str| {
        let mut rows = answers.ranks.iter();
        let row = rows.find(|row| row.design_id == design_id && row.outcome == outcome);
        row.map(|row| row.mean)
    };
    let any = |outcome: &str| answers.ranks.iter().any(|row| row.outcome == outcome);
    let columns: Vec<(&str, &str)> = VALUE.into_iter().filter(|(name, _)| any(name)).collect();
    let rows = answers.front.iter().map(|row| {
        let cells = columns
            .iter()
            .map(|(outcome, _)| number(mean(row.design_id, outcome)));
        let on_front = if row.on_front { "yes" } else { "no" };
        std::iter::once(name(answers, row.design_id))
            .chain(cells)
            .chain([on_front.to_owned(), percent(row.p_front)])
            .collect()
    });
    let head: Vec<&str> = std::iter::once("design")
        .chain(columns.iter().map(|(_, head)| *head))
        .chain(["on the front", "chance"])
        .collect();
    let counted = answers.front.first().map(|row| row.outcomes.join(", "));
    let title = format!(
        "Value and cost; on the front: no other design is as good in {} and better in one",
        counted.unwrap_or_default()
    );
    titled(&title, &head, rows.collect(), "front.csv")
}

fn robust(answers: &Answers) -> String {
    let estimate = |one: Estimate| {
        let ends = one
            .interval
            .map(|one| [one.low, one.high].map(|end| number(Some(end))));
        let ends = ends.map_or(String::new(), |[low, high]| format!(" [{low}, {high}]"));
        number(Some(one.value)) + &ends
    };
    let rows = answers.robustness.iter().map(|row| {
        let met = row.satisficing.zip(row.target);
        let met = met.map_or("-".to_owned(), |(share, target)| {
            format!("{} {}", target.words(), estimate(share))
        });
        vec![
            name(answers, row.design_id),
            row.outcome.to_owned(),
            estimate(row.max_regret),
            estimate(row.mean_regret),
            met,
            row.futures.to_string(),
        ]
    });
    let head = [
        "design",
        "outcome",
        "largest regret",
        "mean regret",
        "share of futures that meet",
        "futures",
    ];
    let title = "Over futures [95 % interval]: how much better the best design does";
    titled(title, &head, rows.collect(), "robustness.csv")
}

/// What it would be worth to know everything before a design is chosen, and each factor that is worth more
/// than luck makes of nothing.
fn worth_knowing(answers: &Answers) -> String {
    let rows = answers.information.iter().filter_map(|row| {
        let (known, remark) = match row.by_luck {
            // What rounding leaves is no worth.
            Some(luck) if row.value > luck + 1e-9 * scale(answers, row.outcome) => (
                row.factor.clone(),
                format!("by luck {}", number(Some(luck))),
            ),
            Some(_) => return None,
            None => (
                "everything".to_owned(),
                format!("now: {}", name(answers, row.design_id)),
            ),
        };
        let worth = [number(Some(row.value)), interval(row.interval)];
        let [value, interval] = worth;
        Some(vec![row.outcome.to_owned(), known, value, interval, remark])
    });
    let head = ["outcome", "to know", "is worth", "95 %", ""];
    let title = "What it would be worth to know before a design is chosen, on average over futures; factors that are \
                 not shown are worth no more than luck";
    titled(title, &head, rows.collect(), "information.csv")
}

/// How large the means of an outcome are.
fn scale(answers: &Answers, outcome: &str) -> f64 {
    let rows = answers.ranks.iter().filter(|row| row.outcome == outcome);
    rows.map(|row| row.mean.abs()).fold(0.0, f64::max)
}

/// What the designs are compared with, in words.
pub(super) fn against(job: &Job, groups: &[Group]) -> String {
    let arms = &job.experiment.arms;
    match (arms.len(), groups.first()) {
        (1, Some(group)) => format!("\"{}\"", group.designs[group.baseline].name),
        _ => format!("\"{}\"", arms[job.experiment.baseline].name),
    }
}

/// Everything as JSON.
pub(super) fn json(job: &Job, folder: &Folder, answers: &Answers) -> serde_json::Value {
    serde_json::json!({
        "experiment": job.experiment.name, "folder": folder.path(), "seed": job.experiment.seed,
        "left_out": answers.left_out, "differences": answers.differences, "pooled": answers.pooled, "ranks": answers.ranks,
        "front": answers.front, "robustness": answers.robustness,
        "rules": answers.rules, "information": answers.information,
    })
}
