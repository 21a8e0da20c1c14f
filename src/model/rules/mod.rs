//! The rules, one mechanism a file, in the order of the cycle. No rule calls another: `cycle`
//! composes them.

pub mod acts;
pub mod agenda;
pub mod capacity;
pub mod commitment;
pub mod context;
pub mod convening;
pub mod decision;
pub mod dialogue;
pub mod introduction;
pub mod joint_action;
pub mod leadership;
pub mod programme;
pub mod renewal;
pub mod standing;
#[cfg(test)]
pub(crate) mod testing;
pub mod trust;
pub mod voice;
