//! The science: who and what there is, and one governance cycle at a time.
//!
//! `setup` says what a run starts from; `leader`, `organisation`, `forum` and `network` what there
//! is; `levers` what a scenario provides and `changes` what joins and leaves; `world` holds all
//! state; `rules` change it; [`cycle::step`] is one month.

pub mod advice;
pub mod arrangements;
pub mod changes;
pub mod cycle;
pub mod event;
pub mod forum;
pub(crate) mod founding;
mod interventions;
pub mod leader;
pub mod levers;
mod meeting;
mod minds;
pub mod network;
pub mod organisation;
mod reflection;
pub mod rules;
pub mod setup;
pub mod stage;
mod succession;
mod weighing;
pub mod world;
