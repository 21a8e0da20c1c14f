//! Structural change: a list that is applied between cycles.
//!
//! Rules propose changes; nothing joins, leaves or is tied while a cycle runs.

use super::event::Reason;
use crate::registry::places::ChairKind;

/// One change of who and what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The holder of a post leaves and a newcomer takes over.
    Replace {
        /// The post.
        post: u32,
        /// Why.
        reason: Reason,
    },
    /// Two leaders get to know each other.
    Introduce {
        /// One of them.
        one: u32,
        /// The other.
        other: u32,
    },
    /// What two leaders hold of each other is gone: they are as strangers again.
    Part {
        /// One of them.
        one: u32,
        /// The other.
        other: u32,
    },
    /// Another kind of chair, or the one that the scenario states is back.
    Chair {
        /// The forum.
        forum: u32,
        /// The kind.
        kind: ChairKind,
    },
    /// A forum begins: its members get to know each other.
    Open {
        /// The forum.
        forum: u32,
    },
}
