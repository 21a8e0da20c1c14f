//! Interventions and shocks: what each acts through, what it does at full intensity, what it costs.
//!
//! Each kind acts through one lever that a rule reads, so that what comes of it comes by the rules,
//! and goes by their forgetting once it is withdrawn. Effects and costs are assumptions unless the
//! source states a number; a row of `[[interventions]]` can state others.

use super::leaders::LeaderKind;
use super::places::Tier;
use super::section::choice;
use super::{Choice, Entry, Kind, Preset, Role};

choice! {
    /// Whom an intervention reaches, by how powerful a leader is in its first forum.
    Standing {
        /// Everybody.
        Any = "any",
        /// Those with more power than the mean of the forum's members.
        High = "high",
        /// The others.
        Low = "low",
    }
}

/// What an intervention is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaches {
    /// Leaders, each by itself.
    Leaders,
    /// Forums.
    Forums,
    /// The whole system context.
    System,
}

/// What is known of a kind of intervention or shock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Its word.
    pub word: &'static str,
    /// Whether it is a shock: something that happens to a system, not something it chooses.
    pub shock: bool,
    /// Whether it happens in one month alone.
    pub once: bool,
    /// What it is applied to.
    pub reaches: Reaches,
    /// What it does at full intensity.
    pub effect: f64,
    /// The smallest and the largest effect that a row may state.
    pub effects: (f64, f64),
    /// The effect's unit.
    pub unit: &'static str,
    /// Hours a month of each leader reached (of each member of a forum reached), at full intensity.
    pub hours: f64,
    /// Pounds a month for each leader or forum reached, or for the system, at full intensity.
    pub pounds: f64,
    /// The lever that it acts through: what the rule reads.
    pub lever: &'static str,
    /// Who names it: author and year.
    pub source: &'static str,
    /// Paths and values without which the lever moves nothing: the mechanism that it acts through.
    /// Empty where it changes what there is, and no mechanism alone stands behind it.
    pub off: &'static [(&'static str, f64)],
    /// What it is, in one line.
    pub line: &'static str,
}

macro_rules! interventions {
    ($($variant:ident = $word:literal, $when:ident $reaches:ident, $effect:literal in $low:literal ..= $high:literal $unit:literal, hours $hours:literal, pounds $pounds:literal, $lever:literal, $source:literal, off [$($path:literal = $value:literal),*], $line:literal;)+) => {
        choice! {
            /// The kinds of interventions and shocks.
            InterventionKind { $(#[doc = $line] $variant = $word,)+ }
        }

        /// What is known of each kind, in the order of [`InterventionKind::ALL`].
        pub const KINDS: &[Known] = &[$(Known {
            word: $word, shock: when::$when.0, once: when::$when.1, reaches: Reaches::$reaches, effect: $effect, effects: ($low, $high),
            unit: $unit, hours: $hours, pounds: $pounds, lever: $lever, source: $source, off: &[$(($path, $value)),*], line: $line,
        },)+];
    };
}

/// Whether a kind is a shock, and whether it happens once.
#[allow(non_upper_case_globals, reason = "words of the table")]
mod when {
    pub(super) const remedy: (bool, bool) = (false, false);
    pub(super) const shock: (bool, bool) = (true, false);
    pub(super) const sudden: (bool, bool) = (true, true);
}

interventions! {
    PairedLearning = "paired-learning", remedy Leaders, 1.0 in 0.0..=1.0 "share", hours 4.0, pounds 20.0, "encounters between meetings with those of other kinds who are reached too", "AU20", off ["mechanisms.trust.between_meetings" = 0.0], "leaders of different kinds learn in pairs";
    Shadowing = "shadowing", remedy Leaders, 16.0 in 0.0..=100.0 "good encounters a month", hours 32.0, pounds 0.0, "bilingualism: time spent in the others' world counts as encounters with it", "NG22: 0-20 % of time", off ["mechanisms.trust.bilingual_gain" = 0.0], "a part of working time is spent beside somebody of another kind (full: 20 %)";
    RoleModelling = "role-modelling", remedy Leaders, 1.0 in 0.0..=5.0 "claims", hours 1.0, pounds 0.0, "motivation: seeing how colleagues of one's own kind are granted leadership counts as one's own claim", "AU20", off ["mechanisms.leadership.motivation_rate" = 0.0], "leaders watch and discuss how leaders of their own kind fare";
    SimulationTraining = "simulation-training", remedy Leaders, 1.0 in 0.0..=1.0 "share", hours 3.0, pounds 80.0, "practice with colleagues who are reached too: what goes well builds trust, errors cost none", "AU20", off ["mechanisms.trust.between_meetings" = 0.0], "leaders practise together without fear of error";
    LeadershipProgramme = "leadership-programme", remedy Leaders, 1.0 in 0.0..=5.0 "share", hours 8.0, pounds 250.0, "relational skill, learnt and slowly forgotten", "AU20, NG22, JO23", off ["mechanisms.renewal.skill_gain" = 0.0], "training of relational skill: few deep (reach low, intensity high) or many shallow";
    TalentSpotting = "talent-spotting", remedy Leaders, 1.0 in 0.0..=5.0 "share", hours 0.5, pounds 20.0, "claims: who is asked to lead claims leadership more readily", "NG22", off ["mechanisms.leadership.claim_invited" = 0.0], "leaders are asked to lead";
    ProtectedTime = "protected-time", remedy Leaders, 16.0 in 0.0..=80.0 "hours a month", hours 0.0, pounds 640.0, "protected hours", "AU20, NG22", off ["mechanisms.convening.load" = 0.0, "mechanisms.joint_action.load" = 0.0, "mechanisms.renewal.strain_gain" = 0.0], "working time is freed and back-filled";
    Induction = "induction", remedy Leaders, 0.4 in 0.0..=1.0 "share of the gap", hours 0.0, pounds 20.0, "what newcomers expect of a forum", "AU20", off ["mechanisms.convening.sensitivity" = 0.0], "whoever takes over a post is shown what the forums are for";
    CoLocation = "co-location", remedy Leaders, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 60.0, "encounters between meetings with those of other organisations who are reached too", "NG22", off ["mechanisms.trust.between_meetings" = 0.0], "leaders of different organisations share an office";
    TrustRepair = "trust-repair", remedy Leaders, 1.0 in 0.0..=5.0 "share", hours 6.0, pounds 40.0, "low trust and lowered ceilings of trust", "JO23, AG08", off ["mechanisms.trust.repair" = 0.0], "broken relations are worked on, at a high cost of time";
    Acknowledgement = "acknowledgement", remedy Leaders, 0.1 in 0.0..=1.0 "share a month", hours 1.0, pounds 0.0, "grievance", "JO23", off ["mechanisms.convening.grievance" = 0.0], "past losses are listened to";
    CommunityOfPractice = "community-of-practice", remedy Leaders, 10.0 in 0.0..=50.0 "introductions per chance", hours 2.0, pounds 10.0, "introductions to those of the same profession elsewhere who are reached too", "KP12", off ["mechanisms.trust.introductions" = 0.0], "leaders of one profession meet across organisations, of their own will";
    RoleClarity = "role-clarity", remedy Forums, 1.0 in 0.0..=1.0 "share of the gap", hours 0.2, pounds 0.0, "the forum's role clarity", "AU20, AG08", off ["mechanisms.voice.fairness_clarity" = 0.0], "roles are written down and kept up to date";
    GroundRules = "ground-rules", remedy Forums, 1.0 in 0.0..=1.0 "share of the gap", hours 0.2, pounds 0.0, "the forum's ground rules", "AG08", off ["mechanisms.voice.ground_rules" = 0.0], "rules of speaking and deciding are agreed and kept";
    Transparency = "transparency", remedy Forums, 1.0 in 0.0..=1.0 "share of the gap", hours 0.3, pounds 0.0, "the forum's transparency", "AG08, NG22", off ["mechanisms.voice.fairness_transparency" = 0.0], "reasons and money are laid open";
    Inclusion = "inclusion", remedy Forums, 1.0 in 0.0..=1.0 "share of the gap", hours 1.0, pounds 200.0, "the forum's inclusion", "AG08", off ["mechanisms.joint_action.left_out" = 0.0], "those affected but left out are heard before decisions";
    CoDesign = "co-design", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 1.0, pounds 100.0, "proposals: everyone present counts alike in them, however long they speak", "NG22", off ["mechanisms.voice.power_exponent" = 0.0], "proposals are designed by all who are present";
    JointReward = "joint-reward", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 300.0, "how far one organisation's gain is another's loss", "NG22", off ["mechanisms.decision.payoff" = 0.0, "mechanisms.decision.payoff_shared" = 0.0], "organisations are rewarded together";
    NeutralChair = "neutral-chair", remedy Forums, 1.0 in 1.0..=1.0 "chair", hours 0.0, pounds 1200.0, "who chairs", "AG08, AG12", off ["mechanisms.convening.pull" = 0.0, "mechanisms.decision.agenda" = 0.0, "mechanisms.decision.side_payments" = 0.0, "mechanisms.joint_action.sponsorship" = 0.0, "context.overturn" = 0.0], "an honest broker from outside takes the chair";
    Facilitator = "facilitator", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 800.0, "stewardship provided to the forum", "AG08, AG12", off ["mechanisms.voice.stewardship" = 0.0, "mechanisms.joint_action.bureaucracy" = 0.0], "a paid facilitator sees to a fair process";
    Triumvirate = "triumvirate", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 1.0, pounds 0.0, "the chair's agenda power, which is shared", "NG22", off ["mechanisms.decision.agenda" = 0.0], "a clinician, a manager and an analyst lead the forum together";
    AgendaSlicing = "agenda-slicing", remedy Forums, 3.0 in 0.0..=15.0 "further pieces", hours 0.2, pounds 0.0, "pieces that an item is cut into", "AG08, WA23", off [], "large items are cut into small ones that can be won";
    MiniTransformations = "mini-transformations", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 0.5, pounds 0.0, "resistance of those who did not support a decision", "KP12", off ["mechanisms.joint_action.resistance" = 0.0], "each member goes along as far as it is ready, in connected local changes";
    BigBang = "big-bang", remedy Forums, 3.0 in 0.0..=15.0 "times larger", hours 0.0, pounds 0.0, "size of an item of the agenda", "KP12", off [], "everything is changed in one large step";
    Delegation = "delegation", remedy Forums, 1.0 in 0.0..=1.0 "share", hours 0.2, pounds 0.0, "decisions imposed on or taken back from the forum", "NG22", off ["context.hierarchy" = 0.0, "context.pulse_rate" = 0.0], "the forum is given the right to decide";
    Linking = "linking", remedy System, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 2000.0, "surges of pressure from above", "JO23, WA23", off ["context.pulse_size" = 0.0], "local plans are fitted to national ones";
    TargetRegime = "target-regime", shock System, 0.4 in 0.0..=1.0 "share", hours 0.0, pounds 0.0, "standing pressure from above", "NG22, JO23", off [], "targets are set and policed from above";
    Austerity = "austerity", shock System, 0.5 in 0.0..=0.9 "share", hours 0.0, pounds 0.0, "the budget", "NG22, JO23", off ["mechanisms.joint_action.input" = 0.0, "mechanisms.decision.side_payments" = 0.0], "a part of everybody's resources is taken away";
    DemandSurge = "demand-surge", shock Leaders, 0.1 in 0.0..=1.0 "share", hours 0.0, pounds 0.0, "leaders' own work", "NG22", off ["mechanisms.convening.load" = 0.0, "mechanisms.joint_action.load" = 0.0, "mechanisms.renewal.strain_gain" = 0.0], "leaders have more work of their own";
    TurnoverWave = "turnover-wave", shock Leaders, 4.0 in 0.0..=50.0 "times likelier", hours 0.0, pounds 0.0, "the chance to leave", "NG22", off ["mechanisms.renewal.leaving_clinician" = 0.0, "mechanisms.renewal.leaving_other" = 0.0, "mechanisms.renewal.leaving_executive" = 0.0], "leaders leave more often";
    TokenConsultation = "token-consultation", shock Forums, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 0.0, "items that were decided elsewhere", "JO23", off [], "forums are asked about what has been decided";
    PriorityChange = "priority-change", sudden Forums, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 0.0, "the chance that a programme is abandoned", "NG22, JO23", off [], "priorities change and programmes under way are abandoned";
    Reorganisation = "reorganisation", sudden Leaders, 1.0 in 0.0..=1.0 "share", hours 0.0, pounds 0.0, "ties to other organisations, which are cut", "science 6b; JO23", off [], "posts and structures are moved about: ties to other organisations are cut";
}

impl InterventionKind {
    /// What is known of it.
    #[must_use]
    pub fn known(self) -> &'static Known {
        &KINDS[self as usize]
    }
}

const fn number(
    path: &'static str,
    (low, high): (f64, f64),
    preset: Preset,
    unit: &'static str,
    role: Role,
    line: &'static str,
) -> Entry {
    Entry {
        path,
        kind: Kind::Number { low, high },
        preset,
        unit,
        symbol: "",
        role,
        source: "",
        line,
    }
}

const fn month(path: &'static str, low: f64, preset: f64, line: &'static str) -> Entry {
    Entry {
        path,
        kind: Kind::Integer { low, high: 1200.0 },
        preset: Preset::Number(preset),
        unit: "months",
        symbol: "",
        role: Role::Lever,
        source: "",
        line,
    }
}

/// What describes a row of `[[interventions]]`.
pub const INTERVENTIONS: &[Entry] = &[
    Entry::described("interventions.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "interventions.kind",
        Kind::Choice {
            words: InterventionKind::WORDS,
        },
        Preset::Required,
        "what it is; `describe interventions` says what each does",
    ),
    month("interventions.at", 1.0, 1.0, "first month"),
    month(
        "interventions.until",
        0.0,
        0.0,
        "last month (0: to the end)",
    ),
    number(
        "interventions.reach",
        (0.0, 1.0),
        Preset::Number(1.0),
        "share",
        Role::Lever,
        "chance that each of those it is for is reached",
    ),
    number(
        "interventions.intensity",
        (0.0, 1.0),
        Preset::Number(1.0),
        "share",
        Role::Lever,
        "dose: what part of the full effect and cost",
    ),
    number(
        "interventions.effect",
        (0.0, 100.0),
        Preset::Empty,
        "",
        Role::Uncertainty,
        "what full intensity does, in the unit of its kind; without it what the kind does",
    ),
    number(
        "interventions.hours",
        (0.0, 400.0),
        Preset::Empty,
        "hours a month",
        Role::Uncertainty,
        "hours of each leader reached (of each member of a forum reached) at full intensity; without it the kind's",
    ),
    number(
        "interventions.pounds",
        (0.0, 1e7),
        Preset::Empty,
        "pounds a month",
        Role::Uncertainty,
        "money for each leader or forum reached, or for the system, at full intensity; without it the kind's",
    ),
    Entry::described(
        "interventions.kinds",
        Kind::Words {
            words: LeaderKind::WORDS,
        },
        Preset::Empty,
        "only leaders of these kinds",
    ),
    Entry::described(
        "interventions.professions",
        Kind::Names,
        Preset::Empty,
        "only leaders of these professions",
    ),
    Entry::described(
        "interventions.organisations",
        Kind::References {
            table: "organisations",
        },
        Preset::Empty,
        "only leaders of these organisations",
    ),
    Entry::described(
        "interventions.groups",
        Kind::References { table: "groups" },
        Preset::Empty,
        "only leaders of these groups",
    ),
    Entry::described(
        "interventions.standing",
        Kind::Choice {
            words: Standing::WORDS,
        },
        Preset::Number(0.0),
        "only leaders with more (high) or less (low) power than the mean of their first forum in the month it begins",
    ),
    Entry::described(
        "interventions.systems",
        Kind::References { table: "systems" },
        Preset::Empty,
        "only forums of these systems, or leaders of organisations there",
    ),
    Entry::described(
        "interventions.tiers",
        Kind::Words { words: Tier::WORDS },
        Preset::Empty,
        "only forums of these tiers, or leaders with a seat in one",
    ),
    Entry::described(
        "interventions.forums",
        Kind::References { table: "forums" },
        Preset::Empty,
        "only these forums, or leaders with a seat in one",
    ),
    Entry::described(
        "interventions.remove",
        Kind::Flag,
        Preset::Empty,
        "true drops the intervention of this id that the extended scenario has",
    ),
];
