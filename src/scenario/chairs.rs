//! Who chairs a forum.
//!
//! The chair is the first member of the group that `chair.leader` names. Without a name it is the most
//! senior member: the first of the group with the highest mean authority. Neutral chairs are no members.

use super::document::{Table, Value};
use super::expand::{Expansion, mix};
use super::problem::{Class, Problem};
use crate::model::setup::{Chair, Forum, Post};
use crate::registry::leaders::{Attribute, LeaderKind};
use crate::registry::places::ChairKind;

/// The kind of chair that a row states; organic when it states none.
#[must_use]
pub(super) fn kind(row: &Table) -> Chair {
    let kind = match row.value("forums.chair") {
        Some(Value::Chair(kind, _)) => *kind,
        _ => ChairKind::Organic,
    };
    Chair { kind, post: None }
}

/// The group that the row's chair is to come from.
pub(super) fn group(row: &Table, expansion: &Expansion<'_>) -> Option<u32> {
    match row.value("forums.chair") {
        Some(Value::Chair(_, Some(leader))) => expansion
            .groups
            .get(leader.id.as_str())
            .and_then(|group| u32::try_from(*group).ok()),
        _ => None,
    }
}

/// Finds the member who chairs; a problem when the named group has no member.
pub(super) fn seat(
    forum: &mut Forum,
    row: &Table,
    expansion: &Expansion<'_>,
    posts: &[Post],
) -> Option<Problem> {
    if matches!(forum.chair.kind, ChairKind::Neutral | ChairKind::None) {
        return None;
    }
    let group_of = |member: &u32| posts.get(*member as usize).map(|post| post.group);
    let Some(wanted) = group(row, expansion) else {
        forum.chair.post = most_senior(&forum.members, expansion, group_of);
        return None;
    };
    forum.chair.post = forum
        .members
        .iter()
        .copied()
        .find(|member| group_of(member) == Some(wanted));
    let Some(Value::Chair(_, Some(leader))) = row.value("forums.chair") else {
        return None;
    };
    forum.chair.post.is_none().then(|| {
        let name = row.text("forums.id");
        let message = format!(
            "the chair of \"{name}\" is to come from \"{}\", who have no seat in it",
            leader.id
        );
        Problem::error(Class::Contradiction, &leader.at, message)
            .allowed("a group in `members` or `from`")
            .help("add the group to `members` or `from`, or let another group lead")
    })
}

/// The first member of the group with the highest mean authority.
fn most_senior(
    members: &[u32],
    expansion: &Expansion<'_>,
    group_of: impl Fn(&u32) -> Option<u32>,
) -> Option<u32> {
    let groups = expansion.document.rows("groups");
    let authority = |member: &u32| {
        let row = group_of(member).and_then(|group| groups.get(group as usize));
        row.map_or(0.0, mean_authority)
    };
    // The last of the reversed members is the first of those with the highest authority.
    let reversed = members.iter().rev().copied();
    reversed.max_by(|a, b| authority(a).total_cmp(&authority(b)))
}

/// A group's mean authority.
fn mean_authority(row: &Table) -> f64 {
    if let Some(stated) = row.spread(Attribute::Authority) {
        return stated.mean;
    }
    let presets = LeaderKind::ALL
        .iter()
        .map(|kind| Attribute::Authority.preset(*kind).mean);
    mix(row)
        .iter()
        .zip(presets)
        .map(|(share, mean)| share * mean)
        .sum()
}
