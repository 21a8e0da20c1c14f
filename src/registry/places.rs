//! What a scenario says of the world around the leaders: context, teams, organisations, forums,
//! the informal network and the horizon.

use super::section::{choice, section};
use super::{Choice, Entry, Kind, Preset};

choice! {
    /// The three tiers of system governance (Waring et al. 2023).
    Tier {
        /// Overall strategy, planning and coordination.
        Executive = "executive",
        /// Coordinates programmes of change in an area such as maternity.
        Thematic = "thematic",
        /// Devises and delivers change.
        Project = "project",
    }
}

choice! {
    /// How a forum decides (Ansell & Gash 2008; Choi & Robertson 2014).
    Rule {
        /// A share of those present must support the proposal.
        Consensus = "consensus",
        /// More than half of those present must support it.
        Majority = "majority",
        /// Supporters must hold more than half of the power present.
        Power = "power",
        /// The chair decides.
        Chair = "chair",
    }
}

choice! {
    /// How the informal network comes about.
    Generator {
        /// Popularity, closure, reciprocity, and likeness of profession and organisation.
        Growth = "growth",
        /// Every ordered pair has the same chance.
        Random = "random",
    }
}

choice! {
    /// Who chairs (Ansell & Gash 2008, 2012).
    ChairKind {
        /// A member: own interests, standing, agenda power, and resources to sponsor with.
        Organic = "organic",
        /// An honest broker from outside: no stake, no agenda power, no power; must be accepted.
        Neutral = "neutral",
        /// A member put there by the hierarchy: agenda power, but nobody's sponsor.
        Appointed = "appointed",
        /// Nobody.
        None = "none",
    }
}

choice! {
    /// What a row of a scenario stands for: one thing, or one in every place of a kind.
    Each {
        /// One in the whole scenario.
        Once = "once",
        /// One in each region.
        Region = "region",
        /// One in each system.
        System = "system",
        /// One in each neighbourhood of each system.
        Neighbourhood = "neighbourhood",
    }
}

section! {
    /// How long a run lasts and what counts as success.
    Horizon = "horizon" {
        cycles: u32 = 60, in 1.0..=1200.0, "months", "", Structure, "model", "length of a run in months";
        success: f64 = 1.0, in 0.0..=100.0, "wins a forum and year", "", Structure, "assumption", "weighted wins that count as success (a win of scale .25 weighs one)";
        collapse: f64 = 0.25, in 0.0..=1.0, "share", "", Structure, "assumption", "attendance over six months below which a run counts as collapsed";
    }
}

section! {
    /// The system context: pressure, markets, the population's need.
    Context = "context" {
        history: f64 = 0.0, in -0.5..=0.5, "trust", "", Uncertainty, "AG08", "prehistory of cooperation (above zero) or conflict (below): added to trust at the start";
        hierarchy: f64 = 0.3, in 0.0..=1.0, "share", "H", Uncertainty, "NG22, JO23", "standing pressure from above";
        pulse_rate: f64 = 0.08, in 0.0..=1.0, "a month", "ν", Uncertainty, "JO23; evidence 4.8", "how often pressure surges";
        pulse_size: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "evidence 4.8", "what a surge adds to pressure";
        pulse_half_life: f64 = 3.0, in 0.1..=120.0, "months", "", Uncertainty, "evidence 4.8: 2-6", "time in which a surge halves";
        linking: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "JO23; WA23", "work to fit local plans to national ones: takes this share off every surge";
        capture: f64 = 0.2, in 0.0..=1.0, "share", "X", Uncertainty, "JO23", "attention that metrics take from what is said";
        capture_gain: f64 = 0.3, in 0.0..=1.0, "share", "", Uncertainty, "JO23", "how far a surge recruits attention to metrics";
        competition: f64 = 0.2, in 0.0..=1.0, "share", "Q", Uncertainty, "WA23", "market competition between organisations";
        overturn: f64 = 0.05, in 0.0..=1.0, "a month per unit of surge", "", Uncertainty, "JO23", "chance that a surge overturns a forum's last decision";
        abandon: f64 = 0.005, in 0.0..=1.0, "a month", "", Uncertainty, "JO23", "chance that priorities change and a forum's programme is abandoned";
        abandon_pulse: f64 = 0.03, in 0.0..=1.0, "a month per unit of surge", "", Uncertainty, "NG22", "what a surge adds to that chance";
        budget: f64 = 1.0, in 0.0..=5.0, "ratio", "", Uncertainty, "NG22", "resources, as a multiple of the usual";
        hour_price: f64 = 0.0, in 0.0..=1000.0, "pounds an hour", "", Uncertainty, "scenario", "price of an hour of governance (0: hours are not priced)";
        demand: f64 = 1.0, in 0.5..=2.0, "ratio", "", Uncertainty, "NG22", "leaders' own work, as a multiple of the usual";
        need_spread: f64 = 0.1, in 0.0..=0.5, "sd", "", Uncertainty, "assumption", "how far the population's true need lies from the middle at the start";
        need_walk: f64 = 0.01, in 0.0..=0.5, "sd a month", "", Uncertainty, "assumption", "drift of the population's true need ψ";
    }
}

section! {
    /// What separates one replicate of a system from another before anything has happened.
    Between = "between" {
        history: f64 = 0.10, in 0.0..=0.5, "sd", "", Uncertainty, "assumption", "spread of prehistory between systems";
        reputation: f64 = 0.10, in 0.0..=0.5, "sd", "", Uncertainty, "assumption", "spread of organisations' reputation";
        power: f64 = 0.4, in 0.0..=2.0, "log sd", "", Uncertainty, "JO23: power imbalance", "spread of resources over organisations";
        interdependence: f64 = 0.10, in 0.0..=0.5, "sd", "", Uncertainty, "assumption", "spread of interdependence between systems";
        mix: f64 = 0.05, in 0.0..=0.3, "sd", "", Uncertainty, "assumption", "spread of the share of clinicians between systems, where a group gives a mix of kinds";
        organisation_gap: f64 = 0.10, in 0.0..=0.5, "sd", "", Uncertainty, "evidence 1b", "spread of what organisations pull their leaders' views to";
    }
}

section! {
    /// What an organisation brings and what it could do alone.
    OrganisationTerms = "organisations" {
        resources: f64 = 1.0, in 0.05..=20.0, "ratio", "R", Uncertainty, "JO23", "resources, as a multiple of a typical organisation's";
        interdependence: f64 = 0.5, in 0.0..=1.0, "share", "ι", Uncertainty, "AG08", "how far it needs the others to reach its goals";
        outside_option: f64 = 0.3, in 0.0..=1.0, "share", "ω", Uncertainty, "AG08", "how well it can do alone";
        mandate: f64 = 0.3, in 0.0..=1.0, "share", "", Lever, "JO23", "how far it is obliged to take part";
        anchor_pull: f64 = 1.0, in 0.0..=3.0, "ratio", "", Uncertainty, "AU20", "how strongly it pulls its leaders' anchors to its own view";
        reputation: f64 = 0.0, in -0.5..=0.5, "trust", "", Uncertainty, "assumption", "added to the trust others start with";
        stake: f64 = 1.0, in 0.0..=2.0, "ratio", "", Uncertainty, "JO23", "what is at stake for it, as a multiple of its leaders' own";
    }
}

section! {
    /// How a forum is designed.
    ForumDesign = "forums" {
        inclusion: f64 = 0.5, in 0.0..=1.0, "share", "", Lever, "AG08", "how many of those affected have a seat: below one the least powerful are left out";
        ground_rules: f64 = 0.5, in 0.0..=1.0, "share", "", Lever, "AG08", "clear rules of speaking and deciding";
        transparency: f64 = 0.5, in 0.0..=1.0, "share", "", Lever, "AG08, NG22", "how open it is about reasons and money";
        role_clarity: f64 = 0.5, in 0.0..=1.0, "share", "", Lever, "AU20", "how clear members' roles are";
        rule: Rule = Rule::Consensus, in 0.0..=3.0, "", "", Lever, "AG08", "how it decides";
        share: f64 = 0.75, in 0.0..=1.0, "share", "q", Lever, "evidence 6a", "support that a consensus needs";
        rhythm: u32 = 1, in 1.0..=12.0, "months", "", Lever, "evidence 4.16", "months from one meeting to the next";
        hours: f64 = 5.0, in 0.0..=80.0, "hours a meeting", "", Lever, "evidence 3d", "hours that a seat takes for each meeting, before managers' preparation";
        start: u32 = 1, in 1.0..=1200.0, "months", "", Lever, "scenario", "month in which the forum begins; its members get to know each other then";
        deadline: u32 = 0, in 0.0..=1200.0, "months", "", Lever, "AU20", "month in which the forum ends (0: none)";
        scale: f64 = 0.25, in 0.0625..=4.0, "scale", "s", Lever, "AG08: small wins", "size of an item of its agenda";
        slices: u32 = 1, in 1.0..=16.0, "", "", Lever, "AG08: small wins", "pieces that an item is cut into";
        token: f64 = 0.0, in 0.0..=1.0, "share", "", Uncertainty, "JO23", "share of items that are already decided elsewhere";
    }
}

section! {
    /// Leadership acts that a scenario provides to a forum, such as a paid facilitator's.
    Provided = "forums.provided" {
        stewardship: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "AG12", "fair process";
        mediation: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "AG12", "skill in conflict";
        catalysis: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "AG12", "finding joint gains";
        translation: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "WA23", "making one kind's language plain to another";
        analysis: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "WA23", "reading the evidence";
        representation: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "WA23", "speaking for the outnumbered, the absent and the left-out";
        relational: f64 = 0.0, in 0.0..=1.0, "share", "", Lever, "WA23", "shuttle diplomacy and introductions between meetings";
        dominance: f64 = 0.0, in 0.0..=1.0, "share", "", Uncertainty, "NG22, KP12", "commanding and controlling";
    }
}

section! {
    /// The informal advice network, drawn within each neighbourhood.
    Network = "network" {
        generator: Generator = Generator::Growth, in 0.0..=1.0, "", "", Structure, "evidence 3e; Erdős & Rényi 1959", "whether ties follow likeness, popularity and other ties, or chance alone";
        density: f64 = 0.17, in 0.0..=1.0, "share", "", Uncertainty, "evidence 3e: .10-.25", "share of ordered pairs of a neighbourhood with an advice tie";
        reciprocity: f64 = 0.38, in 0.0..=1.0, "share", "", Uncertainty, "evidence 3e: .30-.45", "share of ties that are returned, at least";
        closure: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "evidence 3e: transitivity .35-.50", "share of contacts' contacts who are contacts too, at least";
        popularity: f64 = 0.5, in 0.0..=3.0, "log sd", "", Uncertainty, "calibrated: in-degree Gini .35-.55", "spread of the odds that a leader is asked";
        profession_odds: f64 = 4.5, in 1.0..=20.0, "odds ratio", "", Uncertainty, "calibrated: ratio in the network 2-5", "what a shared profession multiplies the odds of asking by";
        new_ties: u32 = 2, in 0.0..=20.0, "ties", "", Uncertainty, "assumption", "advice ties that a leader can take up later, when introduced";
        organisation_odds: f64 = 4.5, in 1.0..=20.0, "odds ratio", "", Uncertainty, "calibrated: ratio in the network 2-5", "what a shared organisation multiplies the odds of asking by";
    }
}

/// What a scenario says of itself.
pub const ABOUT: &[Entry] = &[
    Entry::described(
        "extends",
        Kind::Text,
        Preset::Empty,
        "scenario that this one starts from: a name of the library or a path",
    ),
    Entry::described(
        "scale",
        Kind::Integer {
            low: 1.0,
            high: 100_000.0,
        },
        Preset::Number(1.0),
        "neighbourhoods in each system: rows with each = \"neighbourhood\" stand for one in each of them",
    ),
    Entry::described(
        "about.title",
        Kind::Text,
        Preset::Required,
        "title, as charts and reports show it",
    ),
    Entry::described(
        "about.question",
        Kind::Text,
        Preset::Empty,
        "the question that the scenario is for",
    ),
    Entry::described(
        "about.source",
        Kind::Text,
        Preset::Empty,
        "where its description comes from",
    ),
    Entry::described(
        "about.status",
        Kind::Choice {
            words: &["roster from source", "statutory form", "stylised"],
        },
        Preset::Required,
        "what kind of description it is",
    ),
    Entry::described(
        "about.differs",
        Kind::Text,
        Preset::Empty,
        "what differs from the scenario that it extends",
    ),
    Entry::described(
        "about.notes",
        Kind::Text,
        Preset::Empty,
        "assumptions that a reader should know",
    ),
];

/// Systems: rows of `[[systems]]`; a scenario without any has one.
pub const SYSTEMS: &[Entry] = &[
    Entry::described("systems.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "systems.name",
        Kind::Text,
        Preset::Empty,
        "its name, as charts show it",
    ),
    Entry::described("systems.region", Kind::Id, Preset::Empty, "its region"),
    Entry::described(
        "systems.size",
        Kind::Id,
        Preset::Empty,
        "its size class: rows with the same size belong to it",
    ),
    Entry::described(
        "systems.remove",
        Kind::Flag,
        Preset::Empty,
        "true drops the system of this id that the extended scenario has",
    ),
];

/// Organisations: what describes a row of `[[organisations]]` besides its terms.
pub const ORGANISATIONS: &[Entry] = &[
    Entry::described("organisations.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "organisations.name",
        Kind::Text,
        Preset::Empty,
        "its name, as charts show it",
    ),
    Entry::described(
        "organisations.kind",
        Kind::Text,
        Preset::Empty,
        "what it is: acute trust, council, general practice, charity ...",
    ),
    Entry::described(
        "organisations.each",
        Kind::Choice { words: Each::WORDS },
        Preset::Number(0.0),
        "one in the scenario, or one in each region, system or neighbourhood",
    ),
    Entry::described(
        "organisations.size",
        Kind::Id,
        Preset::Empty,
        "only in systems of this size class",
    ),
    Entry::described(
        "organisations.count",
        Kind::Integer {
            low: 1.0,
            high: 1000.0,
        },
        Preset::Number(1.0),
        "how many such organisations",
    ),
    Entry::described(
        "organisations.remove",
        Kind::Flag,
        Preset::Empty,
        "true drops the organisation of this id that the extended scenario has",
    ),
];

/// Forums: what describes a row of `[[forums]]` besides its design.
pub const FORUMS: &[Entry] = &[
    Entry::described("forums.id", Kind::Id, Preset::Required, "its id"),
    Entry::described(
        "forums.name",
        Kind::Text,
        Preset::Empty,
        "its name, as charts show it",
    ),
    Entry::described(
        "forums.tier",
        Kind::Choice { words: Tier::WORDS },
        Preset::Required,
        "executive, thematic or project",
    ),
    Entry::described(
        "forums.each",
        Kind::Choice { words: Each::WORDS },
        Preset::Number(0.0),
        "one in the scenario, or one in each region, system or neighbourhood",
    ),
    Entry::described(
        "forums.size",
        Kind::Id,
        Preset::Empty,
        "only in systems of this size class",
    ),
    Entry::described(
        "forums.count",
        Kind::Integer {
            low: 1.0,
            high: 1000.0,
        },
        Preset::Number(1.0),
        "how many such forums",
    ),
    Entry::described(
        "forums.members",
        Kind::References { table: "groups" },
        Preset::Empty,
        "groups whose leaders all sit in it",
    ),
    Entry::described(
        "forums.seats",
        Kind::Integer {
            low: 2.0,
            high: 60.0,
        },
        Preset::Empty,
        "number of seats to fill from the groups in `from`, those with fewest seats first",
    ),
    Entry::described(
        "forums.from",
        Kind::References { table: "groups" },
        Preset::Empty,
        "groups that fill the seats",
    ),
    Entry::described(
        "forums.chair",
        Kind::Chair,
        Preset::Empty,
        "who chairs: without it the most senior member does",
    ),
    Entry::described(
        "forums.remove",
        Kind::Flag,
        Preset::Empty,
        "true drops the forum of this id that the extended scenario has",
    ),
];

/// What a run writes besides its time series.
pub const OUTCOMES: &[Entry] = &[Entry::described(
    "outcomes.tables",
    Kind::Words {
        words: &["leaders", "ties", "forums", "contributions", "events"],
    },
    Preset::Empty,
    "optional tables that a run writes: each leader, tie, forum or event, and contributions by kind, tier and stage",
)];
