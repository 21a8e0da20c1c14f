//! Who sits in which forum.
//!
//! First every forum seats all leaders of its `members`. Then the forums fill their `seats`, in order,
//! from the groups in `from`. Each seat goes to a leader with the fewest seats so far; among those to
//! the group that is furthest below its share of this forum, then to the organisation with fewest
//! seats in it, then to the organisation's and group's leaders with fewest seats in all, then to the
//! first in the file. The first seat goes to the group that is to chair, when it has none yet. Nothing
//! is drawn, so that a design has the same seats in every replicate.

use std::collections::{BTreeMap, BTreeSet};

use super::chairs;
use super::document::Table;
use super::expand::Expansion;
use super::places::{Place, Thing};
use super::problem::{Class, Problem, Problems};
use super::source::At;
use crate::model::setup::{Forum, Post, Setup};

/// Fewest and most members of a forum.
pub(super) const MEMBERS: std::ops::RangeInclusive<usize> = 2..=60;

/// Fills all forums of a setup, which are in the order of the expansion's.
pub(super) fn fill(setup: &mut Setup, expansion: &Expansion<'_>, problems: &mut Problems) {
    let rows = expansion.document.rows("forums");
    let mut filling = Filling {
        expansion,
        posts: &setup.posts,
        taken: vec![0; setup.posts.len()],
        pool: None,
    };
    for (forum, thing) in setup.forums.iter_mut().zip(&expansion.forums.things) {
        if let Some(row) = rows.get(thing.row) {
            filling.seat_members(forum, row, thing);
        }
    }
    let mut reported = BTreeSet::new();
    for (forum, thing) in setup.forums.iter_mut().zip(&expansion.forums.things) {
        let Some(row) = rows.get(thing.row) else {
            continue;
        };
        filling.fill_seats(forum, row, thing);
        let problem = size_problem(row, &forum.members)
            .or_else(|| chairs::seat(forum, row, expansion, &setup.posts));
        if let Some(problem) = problem
            && reported.insert(thing.row)
        {
            problems.push(problem);
        }
    }
}

/// The state of filling forums one after the other.
struct Filling<'a> {
    expansion: &'a Expansion<'a>,
    posts: &'a [Post],
    /// Seats of each post so far.
    taken: Vec<u32>,
    /// The candidates for the row and place at hand: the copies of a row in a place share them.
    pool: Option<(usize, Place, Pool)>,
}

impl Filling<'_> {
    fn seat_members(&mut self, forum: &mut Forum, row: &Table, thing: &Thing) {
        let groups = self.expansion.group_rows(row.references("forums.members"));
        forum.members = self.expansion.posts.reached(&groups, thing.place);
        forum
            .members
            .iter()
            .for_each(|post| count(&mut self.taken, *post));
    }

    fn fill_seats(&mut self, forum: &mut Forum, row: &Table, thing: &Thing) {
        if let Some(seats) = row.count("forums.seats") {
            let of = (thing.row, thing.place);
            if !matches!(&self.pool, Some((row, place, _)) if (*row, *place) == of) {
                let groups = self.expansion.group_rows(row.references("forums.from"));
                let candidates = self.expansion.posts.reached(&groups, thing.place);
                let pool = Pool::new(candidates, &forum.members, (self.posts, &self.taken));
                self.pool = Some((thing.row, thing.place, pool));
            }
            let wanted = chairs::group(row, self.expansion)
                .filter(|group| !has_group(&forum.members, *group, self.posts));
            if let Some((_, _, pool)) = &mut self.pool {
                forum
                    .members
                    .extend(pool.fill(seats, wanted, &mut self.taken));
            }
        }
        forum.members.sort_unstable();
        forum.members.dedup();
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
    (!MEMBERS.contains(&count)).then(|| wrong_size(name, place, count))
}

fn wrong_size(name: &str, place: &At, count: usize) -> Problem {
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
    Problem::error(
        Class::Contradiction,
        place,
        format!("the forum \"{name}\" has {count} {noun}, {said}"),
    )
    .allowed("from 2 to 60 members")
    .help(help)
}
