//! A plain, checked description of one system: what a run starts from.
//!
//! Scenario files produce it (`scenario`), and so can a program; the model knows no files. All
//! positions (`u32`) are indices into the lists of the same [`Setup`].

use crate::registry::interventions::{InterventionKind, Standing};
use crate::registry::leaders::{Attribute, LeaderKind, Spread};
use crate::registry::mechanisms::Mechanisms;
use crate::registry::places::{
    Between, ChairKind, Context, ForumDesign, Horizon, Network, OrganisationTerms, Provided, Tier,
};

/// One system, or several, at the start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// How long a run lasts and what counts as success.
    pub horizon: Horizon,
    /// The system context.
    pub context: Context,
    /// What separates one replicate from another.
    pub between: Between,
    /// The informal network.
    pub network: Network,
    /// The parameters of the rules.
    pub mechanisms: Mechanisms,
    /// Care systems: at least one.
    pub systems: Vec<System>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// The professions that groups name.
    pub professions: Vec<String>,
    /// Groups of leaders drawn from the same distributions.
    pub groups: Vec<Group>,
    /// Posts, each held by one leader at a time.
    pub posts: Vec<Post>,
    /// Forums.
    pub forums: Vec<Forum>,
    /// Interventions and shocks.
    pub interventions: Vec<Intervention>,
    /// Ties known from a survey.
    pub ties: Vec<KnownTie>,
    /// What a survey of ties leaves open; without one the whole informal network is drawn.
    pub survey: Option<SurveyedTies>,
}

/// A care system: it has its own population and need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    /// Id.
    pub id: String,
    /// Name for charts.
    pub name: String,
    /// Region, or empty.
    pub region: String,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Id.
    pub id: String,
    /// Name for charts.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Its system.
    pub system: u32,
    /// What it brings and what it could do alone.
    pub terms: OrganisationTerms,
}

/// A group of leaders drawn from the same distributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Id.
    pub id: String,
    /// The leaders' title.
    pub title: String,
    /// Shares of clinicians, managers and citizens; they add up to one.
    pub mix: [f64; 3],
    /// Profession; where there is none, the kind is the profession.
    pub profession: Option<u32>,
    /// Distributions that the scenario states; the others are the kind's presets.
    pub attributes: [Option<Spread>; Attribute::COUNT],
}

impl Group {
    /// The kind of all its leaders, where it has but one.
    #[must_use]
    pub fn kind(&self) -> Option<LeaderKind> {
        LeaderKind::ALL
            .iter()
            .copied()
            .find(|kind| self.mix[*kind as usize] >= 1.0)
    }
}

/// A post: a place in an organisation that one leader holds at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Id, opaque.
    pub id: String,
    /// Group.
    pub group: u32,
    /// Organisation.
    pub organisation: u32,
    /// Neighbourhood: informal ties are drawn within it.
    pub neighbourhood: u32,
    /// Values known from a survey.
    pub known: Option<Box<[Option<f64>; Attribute::COUNT]>>,
}

/// Who chairs a forum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chair {
    /// Organic, neutral, appointed or none.
    pub kind: ChairKind,
    /// The member who chairs, if it is one.
    pub post: Option<u32>,
}

/// A forum: a place where leaders meet, decide and act.
#[derive(Clone, Debug, PartialEq)]
pub struct Forum {
    /// Id.
    pub id: String,
    /// Name for charts.
    pub name: String,
    /// Tier.
    pub tier: Tier,
    /// Its system.
    pub system: u32,
    /// Its design.
    pub design: ForumDesign,
    /// Leadership acts that the scenario provides.
    pub provided: Provided,
    /// Who chairs.
    pub chair: Chair,
    /// Posts with a seat, each once.
    pub members: Vec<u32>,
}

/// An intervention or a shock: when, how much, for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervention {
    /// Id.
    pub id: String,
    /// What it is.
    pub kind: InterventionKind,
    /// Its first month, counted from one.
    pub at: u32,
    /// Its last month.
    pub until: u32,
    /// Chance that each of those it is for is reached.
    pub reach: f64,
    /// What part of the full effect and cost, in [0, 1].
    pub intensity: f64,
    /// What full intensity does, in the unit of its kind.
    pub effect: f64,
    /// Hours a month of each leader reached, at full intensity.
    pub hours: f64,
    /// Pounds a month for each leader or forum reached, at full intensity.
    pub pounds: f64,
    /// For whom it is.
    pub target: Target,
}

/// For whom an intervention is: leaders and forums that every list admits; an empty list admits all.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Kinds of leaders.
    pub kinds: Vec<LeaderKind>,
    /// Professions, by position as in [`Group::profession`].
    pub professions: Vec<u32>,
    /// Organisations.
    pub organisations: Vec<u32>,
    /// Groups.
    pub groups: Vec<u32>,
    /// Systems: of forums, and of leaders by their organisation.
    pub systems: Vec<u32>,
    /// Tiers of forums.
    pub tiers: Vec<Tier>,
    /// Forums.
    pub forums: Vec<u32>,
    /// Leaders by their power.
    pub standing: Standing,
}

impl Default for Target {
    /// Everybody.
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            professions: Vec::new(),
            organisations: Vec::new(),
            groups: Vec::new(),
            systems: Vec::new(),
            tiers: Vec::new(),
            forums: Vec::new(),
            standing: Standing::Any,
        }
    }
}

impl Forum {
    /// The seat of the member who chairs, if one does.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "seats are counted in 32 bits"
    )]
    pub fn chair_seat(&self) -> Option<u32> {
        let post = self.chair.post?;
        let at = self.members.iter().position(|member| *member == post);
        at.map(|at| at as u32)
    }
}

/// A tie known from a survey.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownTie {
    /// The post that trusts.
    pub from: u32,
    /// The post that is trusted.
    pub to: u32,
    /// Trust, where it was asked and answered.
    pub trust: Option<f64>,
    /// Whether `from` turns to `to` for advice.
    pub advice: bool,
}

/// What a survey of ties leaves open: informal ties are drawn for these pairs and no others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyedTies {
    /// Posts whose holders did not answer, rising: their pairs are open unless they are `settled`.
    pub silent: Vec<u32>,
    /// Pairs (from, to) that nobody was asked about, rising.
    pub open: Vec<(u32, u32)>,
    /// Pairs (from, to) of silent posts that are known all the same, rising.
    pub settled: Vec<(u32, u32)>,
}

impl SurveyedTies {
    /// Whether a tie between two posts may be drawn.
    #[must_use]
    pub fn is_open(&self, from: u32, to: u32) -> bool {
        let pair = (from, to);
        self.open.binary_search(&pair).is_ok()
            || (self.silent.binary_search(&from).is_ok()
                && self.settled.binary_search(&pair).is_err())
    }
}
