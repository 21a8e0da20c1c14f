//! Nobody has more ties than the model counts.

use super::document::Document;
use super::problem::{Class, Problem, Problems};
use super::rules::grouped;
use crate::model::setup::Setup;

/// Most ties of one leader. Real leaders have some dozens.
const MOST_TIES: usize = 30_000;

/// Says whose seats and surveyed ties add up to too many.
pub(super) fn check(document: &Document, setup: &Setup, problems: &mut Problems) {
    let mut ties = vec![0_usize; setup.posts.len()];
    for forum in &setup.forums {
        for post in &forum.members {
            ties[*post as usize] += forum.members.len().saturating_sub(1);
        }
    }
    for tie in &setup.ties {
        ties[tie.from as usize] += 1;
    }
    let Some(row) = document.rows("forums").first() else {
        return;
    };
    if let Some((post, count)) = (0..).zip(&ties).find(|(_, count)| **count > MOST_TIES) {
        let id: &str = &setup.posts[post].id;
        problems.push(
            Problem::error(
                Class::Range,
                &row.at,
                format!("the leader \"{id}\" has {} ties", grouped(*count as u128)),
            )
            .allowed(format!("up to {}", grouped(MOST_TIES as u128)))
            .help("spread the seats over more leaders, or seat fewer in each forum"),
        );
    }
}
