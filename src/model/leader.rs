//! Leaders: arrays by attribute, one place for each post.
//!
//! A post is held by one leader at a time; when the leader leaves, a newcomer takes the same place
//! and `holder` counts up. Slow states are read as at the start of a cycle and written once at its
//! end.

use crate::registry::leaders::LeaderKind;

/// Axes of a mental model: value, locus, pace.
pub const AXES: usize = 3;
/// Kinds of leaders.
pub const KINDS: usize = 3;

/// All leaders of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaders {
    /// Clinician, manager or citizen.
    pub kind: Vec<LeaderKind>,
    /// Profession: a position in `Setup::professions`, and after those the three kinds.
    pub profession: Vec<u32>,
    /// Organisation.
    pub organisation: Vec<u32>,
    /// How many leaders have held the post before this one.
    pub holder: Vec<u32>,
    /// Whether the leader sits in an executive forum.
    pub executive: Vec<bool>,
    /// Mental model x, in [0, 1] on each axis.
    pub view: Vec<[f64; AXES]>,
    /// Anchor θ: where profession and organisation pull back to.
    pub anchor: Vec<[f32; AXES]>,
    /// Openness λ.
    pub openness: Vec<f32>,
    /// Relational skill s.
    pub skill: Vec<f32>,
    /// Relational skill at the start, to which what was learnt is forgotten.
    pub skill_start: Vec<f32>,
    /// Bilingualism k.
    pub bilingualism: Vec<f64>,
    /// Bilingualism at the start, to which it is forgotten.
    pub bilingualism_start: Vec<f32>,
    /// Domain knowledge e: clinical, managerial, community.
    pub knowledge: Vec<[f32; KINDS]>,
    /// Motivation to lead m.
    pub motivation: Vec<f64>,
    /// Commitment to the process c.
    pub commitment: Vec<f64>,
    /// Formal authority a, about one.
    pub authority: Vec<f32>,
    /// What is at stake: the leader's own times the organisation's.
    pub stake: Vec<f32>,
    /// Hours of work besides governance, a month.
    pub own_work: Vec<f32>,
    /// Hours that can be worked without strain, a month.
    pub capacity: Vec<f32>,
    /// Grievance h.
    pub grievance: Vec<f64>,
    /// Fatigue f.
    pub fatigue: Vec<f64>,
    /// Strain b.
    pub strain: Vec<f64>,
    /// Standing r = (1 + Σ leadership granted by others) / 2.
    pub standing: Vec<f32>,
    /// Generalised trust G in each kind.
    pub generalised: Vec<[f32; KINDS]>,
    /// Power p, before it is made relative to a forum.
    pub power: Vec<f64>,
    /// Hours beyond capacity on this cycle's schedule, in tens.
    pub load: Vec<f32>,
}

impl Leaders {
    /// Number of posts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// Leaves room for `count` leaders, all attributes at zero.
    #[must_use]
    pub fn with_posts(count: usize) -> Self {
        Self {
            kind: vec![LeaderKind::Clinician; count],
            profession: vec![0; count],
            organisation: vec![0; count],
            holder: vec![0; count],
            executive: vec![false; count],
            view: vec![[0.0; AXES]; count],
            anchor: vec![[0.0; AXES]; count],
            openness: vec![0.0; count],
            skill: vec![0.0; count],
            skill_start: vec![0.0; count],
            bilingualism: vec![0.0; count],
            bilingualism_start: vec![0.0; count],
            knowledge: vec![[0.0; KINDS]; count],
            motivation: vec![0.0; count],
            commitment: vec![0.0; count],
            authority: vec![0.0; count],
            stake: vec![0.0; count],
            own_work: vec![0.0; count],
            capacity: vec![0.0; count],
            grievance: vec![0.0; count],
            fatigue: vec![0.0; count],
            strain: vec![0.0; count],
            standing: vec![0.0; count],
            generalised: vec![[0.0; KINDS]; count],
            power: vec![0.0; count],
            load: vec![0.0; count],
        }
    }
}

/// Distance between two mental models: Euclidean, divided by √K, so that it lies in [0, 1].
#[inline]
#[must_use]
pub fn distance(x: &[f64; AXES], y: &[f64; AXES]) -> f64 {
    let [a, b, c] = [x[0] - y[0], x[1] - y[1], x[2] - y[2]];
    ((a * a + b * b + c * c) * (1.0 / 3.0)).sqrt()
}
