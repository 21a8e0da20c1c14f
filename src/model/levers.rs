//! What a scenario provides in this cycle: the one table that rules read it from.
//!
//! Constants of the scenario fill it; dated interventions and shocks write to the same table.
//! A rule never asks where a value came from.

use super::forum::ACTS;
use super::setup::Setup;
use crate::registry::leaders::{Attribute, Spread};
use crate::registry::places::{Context, ForumDesign, OrganisationTerms, Provided};
use std::sync::Arc;

/// What a scenario provides to one forum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ForumLevers {
    /// Its design.
    pub design: ForumDesign,
    /// Leadership acts provided, in the order of their section.
    pub provided: [f64; ACTS],
    /// How far everyone present counts alike in a proposal, however long they speak.
    pub co_designed: f64,
    /// How far organisations are rewarded together.
    pub rewarded_together: f64,
    /// How far the chair's agenda power is shared.
    pub agenda_shared: f64,
    /// How far members need go along only as far as they are ready.
    pub as_far_as_ready: f64,
    /// How far the right to decide is the forum's own.
    pub delegated: f64,
    /// Chance that the programme is abandoned this month, besides the context's.
    pub abandoned: f64,
    /// Whether an honest broker takes the chair.
    pub neutral: bool,
}

/// What interventions give to one leader, or ask of it, in this cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Given {
    /// Hours that they take.
    pub hours: f32,
    /// Learning in pairs across kinds, in [0, 1].
    pub paired: f32,
    /// An office shared with other organisations, in [0, 1].
    pub co_located: f32,
    /// Practice without fear of error, in [0, 1].
    pub practised: f32,
    /// Time beside another kind, in good encounters.
    pub shadowing: f32,
    /// Role models watched, in claims.
    pub modelled: f32,
    /// Training of relational skill.
    pub trained: f32,
    /// Being asked to lead.
    pub invited: f32,
    /// Part of the gap in expectation that an induction closes.
    pub inducted: f32,
    /// Work on broken relations.
    pub repairing: f32,
    /// Part of grievance that listening takes each month.
    pub acknowledged: f32,
    /// Introductions of a community of practice, per chance.
    pub community: f32,
    /// Further own work, as a share.
    pub demand: f32,
    /// How many times likelier the leader leaves, besides once.
    pub leaving: f32,
}

/// What a scenario provides in this cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Levers {
    /// The system context.
    pub context: Context,
    /// Terms of each organisation.
    pub organisations: Vec<OrganisationTerms>,
    /// Design and provided acts of each forum; copies of one row of a scenario share them.
    pub forums: Vec<Arc<ForumLevers>>,
    /// Hours freed for governance, for each leader.
    pub protected: Vec<f32>,
    /// Help and rest, for each leader.
    pub support: Vec<f32>,
    /// What interventions give each leader; empty without any.
    pub given: Vec<Given>,
}

impl Levers {
    /// The constants of a scenario. What is provided to a post stays with the post, whoever holds it:
    /// `values` gives its draw of an attribute.
    #[must_use]
    pub fn constants(setup: &Setup, values: impl Fn(usize, Attribute) -> f64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "six digits are enough for hours and shares"
        )]
        let each = |attribute| {
            (0..setup.posts.len())
                .map(|post| values(post, attribute) as f32)
                .collect()
        };
        Self {
            context: setup.context,
            organisations: setup
                .organisations
                .iter()
                .map(|organisation| organisation.terms)
                .collect(),
            forums: forums(setup),
            protected: each(Attribute::Protected),
            support: each(Attribute::Support),
            given: Vec::new(),
        }
    }

    /// What interventions give one leader.
    #[inline]
    #[must_use]
    pub fn given(&self, leader: usize) -> Given {
        self.given.get(leader).copied().unwrap_or_default()
    }
}

fn forums(setup: &Setup) -> Vec<Arc<ForumLevers>> {
    let mut made: Vec<Arc<ForumLevers>> = Vec::with_capacity(setup.forums.len());
    for forum in &setup.forums {
        let levers = ForumLevers {
            design: forum.design,
            provided: acts(&forum.provided),
            ..ForumLevers::default()
        };
        // Copies of one row stand behind each other.
        let same = made.last().filter(|last| ***last == levers);
        let shared = same.map_or_else(|| Arc::new(levers), Arc::clone);
        made.push(shared);
    }
    made
}

fn acts(provided: &Provided) -> [f64; ACTS] {
    [
        provided.stewardship,
        provided.mediation,
        provided.catalysis,
        provided.translation,
        provided.analysis,
        provided.representation,
        provided.relational,
        provided.dominance,
    ]
}

/// One number from a distribution, held to the attribute's bounds; `deviate` is standard normal.
#[must_use]
pub fn sample(attribute: Attribute, spread: Spread, deviate: f64) -> f64 {
    let (low, high) = attribute.entry().bounds().unwrap_or((f64::MIN, f64::MAX));
    (spread.mean + spread.sd * deviate).clamp(low, high)
}
