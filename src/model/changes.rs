//! Structural change: a list that is applied between cycles.
//!
//! Rules propose changes; nothing joins, leaves or is tied while a cycle runs.

use super::event::Reason;

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
}
