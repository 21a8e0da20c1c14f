//! Neighbourhoods of posts: the circles within which the informal network is drawn.
//!
//! A post of a row with `each = "neighbourhood"` belongs to that neighbourhood. Posts of a wider row
//! form one circle for each place of theirs; a wider place that is the same as a narrower one (one
//! system, or `scale = 1`) joins it. Advice ties are known for circles of 20 to 80 people, so a larger
//! circle is cut into the fewest equal parts of at most 80: its posts are dealt out like cards, in the
//! order of organisation and group, and so every part has its share of each.

use std::collections::BTreeMap;

use super::expand::Expansion;
use super::places::{Place, narrow};
use crate::model::setup::Post;

/// Most posts of a neighbourhood.
pub(super) const LARGEST: usize = 80;

/// Numbers the neighbourhoods of all posts, which are in the order of the expansion's things.
pub(super) fn number(posts: &mut [Post], expansion: &Expansion<'_>) {
    let mut circles: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (index, thing) in expansion.posts.things.iter().enumerate().take(posts.len()) {
        let place = expansion.places.narrowest(thing.place);
        circles.entry(place).or_default().push(index);
    }
    let mut next = 0;
    for mut circle in circles.into_values() {
        let parts = circle.len().div_ceil(LARGEST);
        circle.sort_by_key(|index| {
            posts
                .get(*index)
                .map(|post| (post.organisation, post.group, *index))
        });
        for (rank, index) in circle.into_iter().enumerate() {
            if let Some(post) = posts.get_mut(index) {
                post.neighbourhood = narrow((next + rank % parts) as u64);
            }
        }
        next += parts;
    }
}
