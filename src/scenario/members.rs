//! Who sits in the forums of a survey with memberships, and who chairs: as the table says.
//!
//! Where the table marks no chair of a forum that a member chairs, the forum's own `chair` finds one
//! as in any scenario.

use super::chairs;
use super::document::{Table, Value};
use super::expand::Expansion;
use super::problem::{Class, Problem, Problems};
use super::seats::MEMBERS;
use super::survey::Survey;
use crate::model::setup::{Forum, Setup};
use crate::registry::Choice;
use crate::registry::places::ChairKind;

/// Fills all forums of a setup, which are in the order of the rows' layout.
pub(super) fn fill(
    setup: &mut Setup,
    expansion: &Expansion<'_>,
    survey: &Survey,
    problems: &mut Problems,
) {
    for seat in &survey.seats {
        if let Some(forum) = setup.forums.get_mut(seat.forum as usize) {
            forum.members.push(seat.person);
            if seat.chair {
                forum.chair.post = Some(seat.person);
            }
        }
    }
    let rows = expansion.document.rows("forums");
    for (forum, thing) in setup.forums.iter_mut().zip(&expansion.forums.things) {
        let Some(row) = rows.get(thing.row) else {
            continue;
        };
        forum.members.sort_unstable();
        forum.members.dedup();
        let problem = size_problem(row, forum).or_else(|| match forum.chair.post {
            Some(_) => chair_problem(row, forum),
            None => chairs::seat(forum, row, expansion, &setup.posts),
        });
        if let Some(problem) = problem {
            problems.push(problem);
        }
    }
}

fn size_problem(row: &Table, forum: &Forum) -> Option<Problem> {
    let count = forum.members.len();
    if MEMBERS.contains(&count) {
        return None;
    }
    let noun = if count == 1 { "member" } else { "members" };
    let message = format!(
        "the forum \"{}\" has {count} {noun} in the table of memberships",
        forum.id
    );
    Some(
        Problem::error(Class::Contradiction, row.place("forums.id"), message)
            .allowed("from 2 to 60 members")
            .help("correct the table of memberships, or take the forum out"),
    )
}

/// The table names a member as chair: nothing else may say who chairs.
fn chair_problem(row: &Table, forum: &Forum) -> Option<Problem> {
    let stated = match row.value("forums.chair") {
        Some(Value::Chair(_, Some(leader))) => format!("chair.leader = \"{}\"", leader.id),
        _ if matches!(forum.chair.kind, ChairKind::Neutral | ChairKind::None) => {
            format!("chair.kind = \"{}\"", forum.chair.kind.word())
        }
        _ => return None,
    };
    let message = format!(
        "the forum \"{}\" states {stated}, and the table of memberships a chair",
        forum.id
    );
    Some(
        Problem::error(Class::Contradiction, row.place("forums.chair"), message)
            .allowed("one of the two")
            .help("take `chair` out here, or the yes out of the table's column of chairs"),
    )
}
