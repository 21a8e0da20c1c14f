//! Who sits in which forum, and who chairs.
//!
//! First every forum seats all leaders of its `members`. Then the forums fill their `seats`, in order,
//! from the groups in `from`. Each seat goes to a leader with the fewest seats so far; among those to
//! the group that is furthest below its share of this forum, then to the organisation with fewest
//! seats in it, then to the organisation's and group's leaders with fewest seats in all, then to the
//! first in the file. Nothing is drawn, so that a design has the same seats in every replicate.
//!
//! The chair is the first member of the group that `chair.leader` names. Without a name it is the
//! most senior member: the first of the group with the highest mean authority.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Table, Value};
use super::expand::{Expansion, mix};
use super::places::{Layout, Place};
use super::problem::{Class, Problem, Problems};
use crate::model::setup::{Chair, Post, Setup};
use crate::registry::leaders::{Attribute, LeaderKind};
use crate::registry::places::ChairKind;

/// Fewest and most members of a forum.
const MEMBERS: std::ops::RangeInclusive<usize> = 2..=60;

/// The kind of chair that a row states; organic when it states none.
#[must_use]
pub fn chair_kind(row: &Table) -> Chair {
    let kind = match row.value("forums.chair") {
        Some(Value::Chair(kind, _)) => *kind,
        _ => ChairKind::Organic,
    };
    Chair { kind, post: None }
}

/// Fills all forums of a setup, which are in the order of the rows' layout.
pub fn fill(setup: &mut Setup, expansion: &Expansion<'_>, problems: &mut Problems) {
    let rows = expansion.document.rows("forums");
    let layout = Layout::new(rows, "forums", expansion.places);
    let mut taken = vec![0_u32; setup.posts.len()];
    for (forum, thing) in setup.forums.iter_mut().zip(&layout.things) {
        if let Some(row) = rows.get(thing.row) {
            let groups = expansion.group_rows(row.references("forums.members"));
            forum.members = expansion.posts.reached(&groups, thing.place);
            forum
                .members
                .iter()
                .for_each(|post| count(&mut taken, *post));
        }
    }
    let mut pool: Option<(usize, Place, Pool)> = None;
    let mut reported = BTreeSet::new();
    for (forum, thing) in setup.forums.iter_mut().zip(&layout.things) {
        let Some(row) = rows.get(thing.row) else {
            continue;
        };
        if let Some(seats) = row.count("forums.seats") {
            if !matches!(&pool, Some((of, place, _)) if (*of, *place) == (thing.row, thing.place)) {
                let groups = expansion.group_rows(row.references("forums.from"));
                let candidates = expansion.posts.reached(&groups, thing.place);
                pool = Some((
                    thing.row,
                    thing.place,
                    Pool::new(candidates, &forum.members, (&setup.posts, &taken)),
                ));
            }
            if let Some((_, _, pool)) = &mut pool {
                let wanted = wanted_group(row, expansion)
                    .filter(|group| !has_group(&forum.members, *group, &setup.posts));
                forum.members.extend(pool.fill(seats, wanted, &mut taken));
            }
        }
        forum.members.sort_unstable();
        forum.members.dedup();
        let problem = size_problem(row, &forum.members).or_else(|| {
            seat_chair(
                row,
                expansion,
                (&mut forum.chair, &forum.members),
                &setup.posts,
            )
        });
        if let Some(problem) = problem
            && reported.insert(thing.row)
        {
            problems.push(problem);
        }
    }
}

fn count(taken: &mut [u32], post: u32) {
    if let Some(taken) = taken.get_mut(post as usize) {
        *taken += 1;
    }
}

fn has_group(members: &[u32], group: u32, posts: &[Post]) -> bool {
    members.iter().any(|member| {
        posts
            .get(*member as usize)
            .is_some_and(|post| post.group == group)
    })
}

/// The group that the row's chair is to come from.
fn wanted_group(row: &Table, expansion: &Expansion<'_>) -> Option<u32> {
    match row.value("forums.chair") {
        Some(Value::Chair(_, Some(leader))) => expansion
            .groups
            .get(leader.id.as_str())
            .and_then(|group| u32::try_from(*group).ok()),
        _ => None,
    }
}

/// Candidates for the seats of the forums of one row in one place.
struct Pool {
    cells: Vec<Cell>,
    /// Candidates of each group.
    sizes: BTreeMap<u32, u64>,
}

/// The candidates of one group in one organisation: seats so far, and post.
struct Cell {
    group: u32,
    organisation: u32,
    waiting: BTreeSet<(u32, u32)>,
    served: u64,
}

impl Pool {
    fn new(candidates: Vec<u32>, members: &[u32], (posts, taken): (&[Post], &[u32])) -> Self {
        let seated: BTreeSet<u32> = members.iter().copied().collect();
        let mut cells: BTreeMap<(u32, u32), Cell> = BTreeMap::new();
        let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
        for candidate in candidates
            .into_iter()
            .filter(|candidate| !seated.contains(candidate))
        {
            let (Some(post), Some(taken)) =
                (posts.get(candidate as usize), taken.get(candidate as usize))
            else {
                continue;
            };
            let (group, organisation) = (post.group, post.organisation);
            let cell = cells.entry((group, organisation)).or_insert_with(|| Cell {
                group,
                organisation,
                waiting: BTreeSet::new(),
                served: 0,
            });
            cell.waiting.insert((*taken, candidate));
            cell.served += u64::from(*taken);
            *sizes.entry(group).or_default() += 1;
        }
        Self {
            cells: cells.into_values().collect(),
            sizes,
        }
    }

    /// Fills the seats of one forum; fewer when there are not enough candidates.
    fn fill(&mut self, seats: u64, wanted: Option<u32>, taken: &mut [u32]) -> Vec<u32> {
        let mut by_group: BTreeMap<u32, u64> = BTreeMap::new();
        let mut by_organisation: BTreeMap<u32, u64> = BTreeMap::new();
        let mut seated: Vec<(usize, u32, u32)> = Vec::new();
        for seat in 0..seats {
            let only = wanted.filter(|_| seat == 0);
            let Some(index) = self
                .next(only, &by_group, &by_organisation)
                .or_else(|| self.next(None, &by_group, &by_organisation))
            else {
                break;
            };
            let cell = &mut self.cells[index];
            if let Some((had, post)) = cell.waiting.pop_first() {
                seated.push((index, had, post));
                cell.served += 1;
                *by_group.entry(cell.group).or_default() += 1;
                *by_organisation.entry(cell.organisation).or_default() += 1;
                count(taken, post);
            }
        }
        for (index, had, post) in &seated {
            self.cells[*index].waiting.insert((had + 1, *post));
        }
        seated.into_iter().map(|(_, _, post)| post).collect()
    }

    /// The cell whose turn it is.
    fn next(
        &self,
        only: Option<u32>,
        by_group: &BTreeMap<u32, u64>,
        by_organisation: &BTreeMap<u32, u64>,
    ) -> Option<usize> {
        let waiting = self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| only.is_none_or(|group| cell.group == group));
        let ranked = waiting.filter_map(|(index, cell)| {
            let (had, _) = cell.waiting.first()?;
            let size = self.sizes.get(&cell.group).copied().unwrap_or(1).max(1);
            let seats = by_group.get(&cell.group).copied().unwrap_or(0);
            // The share a group would have with half a seat more, in parts of 2^32 (Webster's rule).
            let share = ((2 * seats + 1) << 32) / (2 * size);
            let organisation = by_organisation
                .get(&cell.organisation)
                .copied()
                .unwrap_or(0);
            Some(((*had, share, organisation, cell.served), index))
        });
        ranked.min().map(|(_, index)| index)
    }
}

fn size_problem(row: &Table, members: &[u32]) -> Option<Problem> {
    let name = row.text("forums.id");
    let seats = row.count("forums.seats").unwrap_or(0);
    let place = if seats > 0 {
        row.place("forums.seats")
    } else {
        row.place("forums.members")
    };
    let count = members.len();
    if (count as u64) < seats {
        return Some(
            Problem::error(Class::Contradiction, place, format!("the forum \"{name}\" has more seats than there are leaders to fill them"))
                .allowed(format!("{seats} seats, {count} leaders"))
                .help("take fewer seats, or name more groups in `from`; a group reaches a forum only in their common place"),
        );
    }
    if MEMBERS.contains(&count) {
        return None;
    }
    let noun = if count == 1 { "member" } else { "members" };
    let (said, help) = if count < 2 {
        (
            "too few to meet",
            "name more groups, or larger ones; a group reaches a forum only in their common place",
        )
    } else {
        (
            "too many to meet",
            "write seats = ... with from = [...], which seats some of the leaders of a group",
        )
    };
    Some(
        Problem::error(
            Class::Contradiction,
            place,
            format!("the forum \"{name}\" has {count} {noun}, {said}"),
        )
        .allowed("from 2 to 60 members")
        .help(help),
    )
}

/// Finds the member who chairs; a problem when the named group has no member.
fn seat_chair(
    row: &Table,
    expansion: &Expansion<'_>,
    (chair, members): (&mut Chair, &[u32]),
    posts: &[Post],
) -> Option<Problem> {
    if matches!(chair.kind, ChairKind::Neutral | ChairKind::None) {
        return None;
    }
    let groups = expansion.document.rows("groups");
    let group_of = |member: &u32| posts.get(*member as usize).map(|post| post.group);
    let wanted = wanted_group(row, expansion);
    chair.post = match wanted {
        Some(wanted) => members
            .iter()
            .copied()
            .find(|member| group_of(member) == Some(wanted)),
        None => {
            let authority = |member: &u32| {
                group_of(member)
                    .and_then(|group| groups.get(group as usize))
                    .map_or(0.0, mean_authority)
            };
            // The last of the reversed members is the first of those with the highest authority.
            members
                .iter()
                .rev()
                .copied()
                .max_by(|a, b| authority(a).total_cmp(&authority(b)))
        }
    };
    let Some(Value::Chair(_, Some(leader))) = row.value("forums.chair") else {
        return None;
    };
    (chair.post.is_none() && wanted.is_some()).then(|| {
        Problem::error(
            Class::Contradiction,
            &leader.at,
            format!(
                "the chair of \"{}\" is to come from \"{}\", who have no seat in it",
                row.text("forums.id"),
                leader.id
            ),
        )
        .allowed("a group in `members` or `from`")
        .help("add the group to `members` or `from`, or let another group lead")
    })
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
