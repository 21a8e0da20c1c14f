//! What a scenario states to no effect, and what a reader of it should know.

use std::collections::BTreeSet;

use super::document::{Document, Stated};
use super::import;
use super::problem::{Problem, Problems};
use crate::model::setup::{Group, Setup};
use crate::registry::leaders::LeaderKind;
use crate::registry::mechanisms::TrustForm;
use crate::registry::places::{Generator, Rule};
use crate::registry::{Choice, find};

/// A key that switches off others when it is zero, and those others.
struct Gate {
    key: &'static str,
    others: &'static [&'static str],
}

const GATES: &[Gate] = &[
    Gate {
        key: "mechanisms.dialogue.rate",
        others: &[
            "mechanisms.dialogue.tolerance",
            "mechanisms.dialogue.weight_cap",
            "mechanisms.dialogue.confidence",
            "mechanisms.dialogue.mixing",
        ],
    },
    Gate {
        key: "mechanisms.trust.opportunities",
        others: &["mechanisms.trust.contact"],
    },
    Gate {
        key: "mechanisms.trust.gain",
        others: &[
            "mechanisms.trust.loss_ratio",
            "mechanisms.trust.hearsay_ratio",
        ],
    },
    Gate {
        key: "network.density",
        others: &[
            "network.reciprocity",
            "network.closure",
            "network.popularity",
            "network.profession_odds",
            "network.organisation_odds",
        ],
    },
    Gate {
        key: "mechanisms.joint_action.plan",
        others: &["mechanisms.joint_action.plan_share"],
    },
];

/// Adds warnings and advice on a scenario without errors.
pub(super) fn lint(
    document: &Document,
    setup: &Setup,
    forum_rows: &[usize],
    problems: &mut Problems,
) {
    switched_off(document, problems);
    without_effect(document, problems);
    counted(document, problems);
    // What a file takes over unchanged was its base's to say.
    let own = |table: &str| {
        let rows = document.rows(table).iter();
        rows.map(|row| &row.at.source)
            .any(|source| source.name == document.top.at.source.name)
    };
    if own("groups") || own("forums") {
        without_a_seat(document, setup, problems);
    }
    one_kind(document, setup, forum_rows, problems);
}

/// The value that a key has, stated or not.
fn value(document: &Document, path: &str) -> Option<f64> {
    let stated = document
        .top
        .value(path)
        .and_then(super::document::Value::as_number);
    stated.or_else(|| match find(path)?.preset {
        crate::registry::Preset::Number(number) => Some(number),
        _ => None,
    })
}

fn switched_off(document: &Document, problems: &mut Problems) {
    for gate in GATES {
        if !value(document, gate.key).is_some_and(|value| value.abs() < f64::MIN_POSITIVE) {
            continue;
        }
        for other in gate.others {
            if let Some(stated) = document.top.keys.get(other) {
                problems.push(idle(stated, other, &format!("`{}` is 0", gate.key)));
            }
        }
    }
}

fn idle(stated: &Stated, path: &str, reason: &str) -> Problem {
    let key = path.rsplit('.').next().unwrap_or(path);
    Problem::warning(
        &stated.key_at,
        format!("`{key}` changes nothing here, because {reason}"),
    )
    .allowed("without effect")
    .help("take the line out, or switch on what it belongs to")
}

/// Keys of rows, and of the spread between systems, that cannot act.
fn without_effect(document: &Document, problems: &mut Problems) {
    let random = document.top.choice::<Generator>("network.generator") == Some(Generator::Random);
    let shaping = [
        "network.reciprocity",
        "network.closure",
        "network.popularity",
        "network.profession_odds",
        "network.organisation_odds",
    ];
    let beta = document.top.choice::<TrustForm>("mechanisms.trust.form") == Some(TrustForm::Beta);
    let weighing = [
        "mechanisms.trust.gain",
        "mechanisms.trust.loss_ratio",
        "mechanisms.trust.hearsay_ratio",
    ];
    for (chosen, paths, reason) in [
        (random, &shaping[..], "the network is random"),
        (beta, &weighing[..], "trust is the share of good encounters"),
        (
            !beta,
            &["mechanisms.trust.memory"][..],
            "trust is asymmetric",
        ),
    ] {
        for path in paths.iter().filter(|_| chosen) {
            if let Some(stated) = document.top.keys.get(path) {
                problems.push(idle(stated, path, reason));
            }
        }
    }
    for row in document.rows("forums") {
        let rule = row.choice::<Rule>("forums.rule").unwrap_or(Rule::Consensus);
        if let (false, Some(stated)) = (rule == Rule::Consensus, row.keys.get("forums.share")) {
            problems.push(idle(
                stated,
                "forums.share",
                &format!("the forum decides by \"{}\", not by consensus", rule.word()),
            ));
        }
    }
    let mixed = document
        .rows("groups")
        .iter()
        .any(|row| row.value("groups.mix").is_some());
    if let (false, Some(stated)) = (mixed, document.top.keys.get("between.mix")) {
        problems.push(idle(stated, "between.mix", "no group gives a mix of kinds"));
    }
}

/// With a roster, how many leaders a group has is no question of the group.
fn counted(document: &Document, problems: &mut Problems) {
    if !import::has(document, "roster") {
        return;
    }
    for row in document.rows("groups") {
        if let Some(stated) = row.keys.get("groups.count") {
            problems.push(idle(stated, "groups.count", "the roster says who there is"));
        }
    }
}

fn without_a_seat(document: &Document, setup: &Setup, problems: &mut Problems) {
    let mut seated = vec![false; setup.posts.len()];
    for member in setup.forums.iter().flat_map(|forum| &forum.members) {
        if let Some(seated) = seated.get_mut(*member as usize) {
            *seated = true;
        }
    }
    let missing = seated.iter().filter(|seated| !**seated).count();
    if missing > 0 {
        let leaders = if missing == 1 {
            "leader has"
        } else {
            "leaders have"
        };
        let how = if import::has(document, "memberships") {
            "seat them in the table of memberships if they belong to a forum"
        } else {
            "give a forum more seats, or a group fewer leaders"
        };
        problems.push(
            Problem::advice(
                &document.top.at,
                format!(
                    "{missing} {leaders} no seat in any forum, of {}",
                    setup.posts.len()
                ),
            )
            .help(format!(
                "they take part in the informal network only; {how}"
            )),
        );
    }
}

/// The one kind of a forum's members, if all are certain to be of it.
fn only_kind(setup: &Setup, members: &[u32]) -> Option<LeaderKind> {
    let groups: BTreeSet<u32> = members
        .iter()
        .filter_map(|member| setup.posts.get(*member as usize))
        .map(|post| post.group)
        .collect();
    let mut kinds = groups
        .iter()
        .map(|group| setup.groups.get(*group as usize).and_then(Group::kind));
    let first = kinds.next().flatten()?;
    kinds.all(|kind| kind == Some(first)).then_some(first)
}

/// One advice for each row of forums whose members are all of one kind.
fn one_kind(document: &Document, setup: &Setup, forum_rows: &[usize], problems: &mut Problems) {
    for (index, row) in document.rows("forums").iter().enumerate() {
        let first = forum_rows.iter().position(|of| *of == index);
        let forum = first.and_then(|first| setup.forums.get(first));
        if let Some(kind) = forum.and_then(|forum| only_kind(setup, &forum.members)) {
            let id = row.text("forums.id");
            problems.push(
                Problem::advice(
                    row.place("forums.id"),
                    format!("all members of \"{id}\" are {}s", kind.word()),
                )
                .allowed("one kind only")
                .help("shared leadership across kinds cannot happen in it"),
            );
        }
    }
}
