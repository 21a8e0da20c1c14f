//! The parameters of the rules: one section a phase of the cycle, in the order of the phases.
//!
//! A line reads: key: type = default, in range, unit, symbol, role, source, meaning. Values without
//! a published source are assumptions, chosen so that the model as a whole meets the bands of the
//! calibration targets (docs/model); AG08 and the like are listed in `docs/glossary.md`.

use super::section::{choice, section};
use super::{Entry, Section};

choice! {
    /// How listeners treat speakers whose mental model is far from their own.
    Confidence {
        /// Influence fades smoothly with distance: exp(-d²/2ε²).
        Soft = "soft",
        /// Influence is whole up to the tolerance and nothing beyond it (bounded confidence).
        Hard = "hard",
    }
}

choice! {
    /// How what is said in a meeting is put together.
    Mixing {
        /// All speakers count; the sum of weights over all of a leader's meetings is capped at one.
        Capped = "capped",
        /// The sum of weights is divided by one plus itself.
        Averaging = "averaging",
        /// Those present are split into disjoint pairs at random; each talks to its partner only.
        Pairs = "pairs",
    }
}

choice! {
    /// What encounters do to trust.
    TrustForm {
        /// A good one closes part of the gap to the ceiling, a bad one takes a larger part of trust.
        Asymmetric = "asymmetric",
        /// Trust is the share of good ones among those remembered (beta reputation).
        Beta = "beta",
    }
}

choice! {
    /// How leadership is granted.
    LeadershipForm {
        /// Everyone grants or refuses every claim: leadership can be shared.
        Independent = "independent",
        /// Everyone grants to exactly one claimant a cycle, by softmax over those present.
        Single = "single",
    }
}

section! {
    /// C1: who comes.
    Convening = "mechanisms.convening" {
        base: f64 = -1.05, in -20.0..=20.0, "log-odds", "β0", Uncertainty, "calibrated: attendance near .5", "log-odds of coming when nothing speaks for or against it";
        sensitivity: f64 = 1.5, in 0.0..=20.0, "log-odds per unit of utility", "β_u", Uncertainty, "BD01; calibrated", "how strongly reasons decide who comes";
        commitment: f64 = 1.0, in 0.0..=5.0, "utility", "w_c", Uncertainty, "AG08", "weight of commitment to the process";
        trust: f64 = 1.0, in 0.0..=5.0, "utility", "w_t", Uncertainty, "AG08", "weight of trust in the other members";
        mandate: f64 = 0.5, in 0.0..=20.0, "utility", "w_m", Uncertainty, "AG08, JO23", "weight of the organisation's mandate to take part";
        pull: f64 = 0.6, in 0.0..=5.0, "utility", "w_p", Uncertainty, "AG12", "weight of the chair's pull";
        satiation: f64 = 0.55, in 0.0..=5.0, "utility", "w_sat", Uncertainty, "AS24", "weight of having got what one wanted lately";
        load: f64 = 1.0, in 0.0..=5.0, "utility per 10 hours", "w_l", Uncertainty, "AU20, NG22", "weight of overload";
        fatigue: f64 = 1.0, in 0.0..=5.0, "utility", "w_f", Uncertainty, "JO23", "weight of fatigue from abandoned change";
        grievance: f64 = 1.0, in 0.0..=5.0, "utility", "w_h", Uncertainty, "JO23", "weight of grievance";
        habit: f64 = 0.3, in 0.0..=20.0, "log-odds", "J", Uncertainty, "BD01", "pull of the share that came last time";
        power_cap: f64 = 3.0, in 1.0..=10.0, "ratio", "", Uncertainty, "assumption", "largest relative power that still attracts or gives options";
        quorum: f64 = 0.34, in 0.0..=1.0, "share", "", Structure, "assumption", "share of members without whom a meeting decides nothing (at least two)";
        acceptance_rate: f64 = 0.05, in 0.0..=1.0, "share a meeting", "", Uncertainty, "AG08", "how fast a neutral chair's acceptance follows felt fairness";
        start_attendance: f64 = 0.5, in 0.0..=1.0, "share", "A₀", Uncertainty, "assumption", "attendance that members remember at the start";
        start_expectation: f64 = 0.5, in 0.0..=1.0, "share", "E₀", Uncertainty, "assumption", "expected success at the start, before history";
        history_expectation: f64 = 0.2, in 0.0..=1.0, "share per unit of history", "", Uncertainty, "AG08", "how much of a shared history goes into that expectation";
        start_influence: f64 = 0.5, in 0.0..=1.0, "share", "g₀", Uncertainty, "assumption", "perceived influence at the start";
        start_acceptance: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "acceptance of a neutral chair at the start";
    }
}

section! {
    /// C2: who speaks, and how fair it feels.
    Voice = "mechanisms.voice" {
        power_exponent: f64 = 1.0, in 0.0..=3.0, "exponent", "γ", Uncertainty, "WA23, JO23", "how far air time follows power where nothing equalises it";
        dominance: f64 = 1.0, in 0.0..=3.0, "exponent per unit", "", Uncertainty, "NG22, KP12", "how much dominance steepens that";
        stewardship: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "AG12", "what stewardship adds to equality of voice";
        ground_rules: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "what ground rules add to equality of voice";
        equality_cap: f64 = 0.95, in 0.0..=1.0, "share", "", Uncertainty, "assumption", "largest equality of voice";
        fairness_equality: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "part of felt fairness from equal air time";
        fairness_transparency: f64 = 0.2, in 0.0..=1.0, "share", "", Uncertainty, "AG08, NG22", "part of felt fairness from transparency";
        fairness_clarity: f64 = 0.2, in 0.0..=1.0, "share", "", Uncertainty, "AU20", "part of felt fairness from clear roles";
        fairness_representation: f64 = 0.2, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of felt fairness from all kinds being present or spoken for";
        appointed: f64 = 0.25, in 0.0..=1.0, "share", "", Uncertainty, "AG12", "dominance that a chair appointed from above brings along";
        unled: f64 = 0.1, in 0.001..=1.0, "share", "", Uncertainty, "assumption", "weight in a forum's acts of a member to whom nobody grants leadership";
        knowledge_weight: f64 = 0.25, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of power from knowledge";
        authority_weight: f64 = 0.25, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of power from formal authority";
        reach_weight: f64 = 0.25, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of power from networks";
        standing_weight: f64 = 0.25, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of power from leadership granted by others";
        knowledge_typical: f64 = 0.75, in 0.1..=1.0, "share", "", Uncertainty, "assumption", "knowledge in one's own domain that counts as one unit of power";
        reach_reference: f64 = 20.0, in 1.0..=200.0, "ties", "", Uncertainty, "evidence 3e", "number of ties that counts as one unit of power";
    }
}

section! {
    /// C3: shared understanding.
    Dialogue = "mechanisms.dialogue" {
        rate: f64 = 0.06, in 0.0..=1.0, "share a meeting", "μ", Uncertainty, "FJ90; advice weights .05-.3", "how far one meeting moves a listener toward the speakers";
        anchoring: f64 = 0.05, in 0.0..=1.0, "share a month", "μ_a", Uncertainty, "FJ90", "pull back to what profession and organisation hold";
        tolerance: f64 = 0.45, in 0.01..=100.0, "distance", "ε", Uncertainty, "evidence 4.1", "distance at which a speaker's influence has faded";
        bilingual_floor: f64 = 0.45, in 0.0..=1.0, "share", "k0", Uncertainty, "AU20, WA23", "what is understood across kinds without any translation";
        learning: f64 = 0.02, in 0.0..=1.0, "share a meeting", "μ_ψ", Uncertainty, "WA23", "how far analysis moves members toward what they see of the true need";
        signal_own: f64 = 0.10, in 0.0..=1.0, "sd", "", Uncertainty, "assumption", "error of a kind's view of the need on its own axis";
        signal_other: f64 = 0.25, in 0.0..=1.0, "sd", "", Uncertainty, "assumption", "error on the other axes";
        weight_cap: f64 = 1.0, in 0.0..=1.0, "share a month", "", Uncertainty, "FJ90", "largest sum of weights over all of a leader's meetings in a month";
        confidence: Confidence = Confidence::Soft, in 0.0..=1.0, "", "κ", Structure, "evidence 4.1", "whether influence fades with distance or stops at the tolerance";
        mixing: Mixing = Mixing::Capped, in 0.0..=2.0, "", "", Structure, "evidence 4.1", "how what several speakers say is put together";
    }
}

section! {
    /// C4: trust.
    Trust = "mechanisms.trust" {
        form: TrustForm = TrustForm::Asymmetric, in 0.0..=1.0, "", "", Structure, "evidence 3b; Jøsang & Ismail 2002", "whether bad encounters weigh more than good ones, or trust is the share of good ones";
        memory: f64 = 15.0, in 1.0..=1000.0, "encounters", "N", Uncertainty, "assumption", "encounters with another that are remembered, where trust is the share of good ones";
        gain: f64 = 0.065, in 0.0..=1.0, "share of the gap", "α⁺", Uncertainty, "evidence 3b: .03-.15", "what a good encounter closes of the gap to the ceiling";
        loss_ratio: f64 = 2.5, in 0.0..=10.0, "ratio", "α⁻/α⁺", Uncertainty, "evidence 3b: 1.5-5", "what a bad encounter costs, as a multiple of the gain";
        hearsay_ratio: f64 = 1.0, in 0.0..=10.0, "ratio", "", Uncertainty, "Zhu et al. 2023", "the same for what is only heard between meetings";
        opportunities: u32 = 2, in 0.0..=2.0, "a meeting", "", Uncertainty, "assumption", "chances of an encounter for each ordered pair in a meeting";
        contact: f64 = 1.0, in 0.0..=5.0, "per unit of air time", "τ", Uncertainty, "assumption", "how far the other's air time turns a chance into an encounter";
        between_meetings: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "chance of an encounter between meetings per unit of relational work";
        introductions: f64 = 0.02, in 0.0..=1.0, "a month", "", Uncertainty, "WA23", "chance that a forum's relational work introduces two leaders";
        base: f64 = 2.0, in -20.0..=20.0, "log-odds", "", Uncertainty, "calibrated", "log-odds that an encounter between typical members goes well";
        skill: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "AU20", "weight of the two leaders' relational skill";
        language: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "AU20", "cost of what is lost in translation";
        distance: f64 = 3.0, in 0.0..=20.0, "log-odds per distance", "", Uncertainty, "NG22, AU20", "cost of different mental models";
        mediation: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "AG12", "part of that cost which full mediation removes";
        confirmation: f64 = 5.0, in 0.0..=20.0, "log-odds per trust", "", Uncertainty, "Poortinga & Pidgeon 2004; calibrated", "how far trust already there colours an encounter";
        fairness: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "AG08", "weight of felt fairness";
        pressure: f64 = 0.5, in 0.0..=5.0, "log-odds", "", Uncertainty, "NG22, JO23", "cost of hierarchy pressure";
        strain: f64 = 0.6, in 0.0..=5.0, "log-odds", "", Uncertainty, "NG22", "cost of the leader's own strain";
        competition: f64 = 0.5, in 0.0..=5.0, "log-odds", "", Uncertainty, "WA23", "cost of market competition between organisations";
        agenda: f64 = 3.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "JO23", "cost of a chair with an interest and agenda power to those who differ";
        ceiling_loss: f64 = 0.35, in 0.0..=1.0, "share", "δ", Uncertainty, "SC06; evidence 4.2: .1-.5", "what a broken promise takes off the highest trust still possible";
        lasting: f64 = 1.0, in 0.0..=1.0, "share", "κ", Uncertainty, "SC06", "how much of that stays (0: deception heals like any failure)";
        regression: f64 = 0.05, in 0.0..=1.0, "share a month", "ρ_G", Uncertainty, "NG22", "drift toward generalised trust without contact";
        generalisation: f64 = 0.03, in 0.0..=1.0, "share an encounter", "η", Uncertainty, "Pettigrew & Tropp 2006", "what an encounter adds to trust in the other's kind";
        bilingual_gain: f64 = 0.005, in 0.0..=1.0, "share an encounter", "", Uncertainty, "AU20", "what a good encounter across kinds adds to bilingualism";
        bilingual_decay: f64 = 0.04, in 0.0..=1.0, "share a month", "", Uncertainty, "assumption", "how fast that is forgotten";
        repair: f64 = 0.10, in 0.0..=1.0, "share a month", "", Uncertainty, "JO23: repair takes long", "what work on broken relations closes of the gap to even trust, and of a lowered ceiling";
        start_within: f64 = 0.65, in 0.0..=1.0, "trust", "", Uncertainty, "NG22, AU20", "trust at the start within a kind";
        start_across: f64 = 0.45, in 0.0..=1.0, "trust", "", Uncertainty, "NG22, AU20", "trust at the start across kinds";
        start_sd: f64 = 0.08, in 0.0..=0.5, "sd", "", Uncertainty, "assumption", "spread of single ties at the start";
    }
}

section! {
    /// C5: leadership claimed and granted.
    Leadership = "mechanisms.leadership" {
        form: LeadershipForm = LeadershipForm::Independent, in 0.0..=1.0, "", "", Structure, "DA10", "whether every claim is judged by itself or one leader is chosen";
        claim_base: f64 = 0.0, in -20.0..=20.0, "log-odds", "", Uncertainty, "assumption", "log-odds of a claim by a typical member";
        claim_motivation: f64 = 3.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "AU20", "weight of motivation to lead";
        claim_voice: f64 = 0.5, in 0.0..=5.0, "log-odds", "", Uncertainty, "DA10", "weight of the logarithm of relative air time";
        claim_knowledge: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "KP12", "weight of knowing the item's topic";
        claim_dominance: f64 = 2.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "NG22, JO23", "how far dominance silences all but the most powerful";
        claim_invited: f64 = 2.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "NG22: talent-spotting", "weight of being asked to lead";
        claim_ending: f64 = 4.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "AU20", "how far an ending forum discourages";
        grant_base: f64 = -0.5, in -20.0..=20.0, "log-odds", "", Uncertainty, "calibrated", "log-odds that a typical claim is granted";
        grant_trust: f64 = 3.0, in 0.0..=20.0, "log-odds", "", Uncertainty, "DA10", "weight of trust in the claimant";
        grant_knowledge: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "KP12", "weight of the claimant's knowledge of the topic";
        grant_skill: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "DeRue et al. 2015", "weight of the claimant's relational skill";
        grant_kin: f64 = 0.5, in 0.0..=5.0, "log-odds", "", Uncertainty, "NG22: doctors listen to doctors", "bonus within a kind";
        grant_standing: f64 = 1.0, in 0.0..=5.0, "log-odds", "", Uncertainty, "DA10", "weight of leadership granted before";
        grant_voice: f64 = 1.0, in 0.0..=3.0, "exponent", "γ_L", Structure, "evidence 4.9", "how steeply grants follow air time: below one leadership spreads, above one it concentrates";
        knowledge_typical: f64 = 0.75, in 0.0..=1.0, "share", "", Uncertainty, "assumption", "knowledge of the topic that neither helps nor harms";
        granted: f64 = 0.40, in 0.0..=1.0, "share of the gap", "", Uncertainty, "DA10; evidence 4.9", "what a grant adds";
        refused: f64 = 0.40, in 0.0..=1.0, "share", "", Uncertainty, "DA10", "what a refusal takes";
        lapse: f64 = 0.14, in 0.0..=1.0, "share a month", "", Uncertainty, "evidence 4.9: half-life 3-9 months", "what is lost without a claim or a joint meeting";
        motivation_rate: f64 = 0.02, in 0.0..=1.0, "share a month", "η_m", Uncertainty, "evidence 4.9: .02-.1", "how far grants and refusals move motivation";
        expected: f64 = 0.35, in 0.0..=1.0, "share", "", Uncertainty, "calibrated: mean share granted", "share of grants that leaves motivation where it is";
    }
}

section! {
    /// C6: how a forum decides.
    Decision = "mechanisms.decision" {
        acceptance: f64 = 0.05, in -5.0..=5.0, "distance", "", Uncertainty, "assumption", "distance from a proposal that anyone accepts";
        commitment: f64 = 0.12, in 0.0..=1.0, "distance", "", Uncertainty, "AG08", "what commitment adds to it";
        trust: f64 = 0.12, in 0.0..=1.0, "distance", "", Uncertainty, "AG08", "what trust in those present adds to it";
        step: f64 = 1.0, in 0.0..=3.0, "exponent", "ν", Uncertainty, "JO23", "how much harder a large step is to accept than a small one";
        temperature: f64 = 0.06, in 0.001..=1.0, "distance", "", Uncertainty, "assumption", "spread of what members accept";
        distance: f64 = 1.0, in 0.0..=5.0, "per distance", "", Uncertainty, "assumption", "weight of the distance between proposal and own view";
        payoff: f64 = 0.06, in 0.0..=1.0, "distance", "", Uncertainty, "WA23: losers and gainers", "spread of what an item is worth to organisations";
        payoff_shared: f64 = 0.05, in 0.0..=1.0, "distance", "", Uncertainty, "WA23", "what an item that is not zero-sum is worth to all";
        zero_sum: f64 = 0.5, in 0.0..=1.0, "share", "zs", Uncertainty, "WA23", "how far one organisation's gain is another's loss";
        give_and_take: f64 = 0.8, in 0.0..=1.0, "share", "", Uncertainty, "WA23", "part of a loss that full trust makes acceptable";
        side_payments: f64 = 0.06, in 0.0..=1.0, "distance", "", Uncertainty, "WA23", "what a member chair with resources can offer, per unit of catalysis";
        novelty: f64 = 0.10, in 0.0..=1.0, "distance", "", Uncertainty, "assumption", "how far an item lies from what those present already think";
        agenda: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "JO23", "how far a chair with agenda power pulls a proposal";
        catalysis: f64 = 0.5, in 0.0..=1.0, "share", "", Uncertainty, "AG12", "how far full catalysis moves a proposal to the middle of the extremes";
        reactance: f64 = 0.15, in 0.0..=1.0, "share", "", Uncertainty, "AU20: imposition", "grievance in those overruled by an imposed decision";
    }
}

section! {
    /// C7: joint action and small wins.
    JointAction = "mechanisms.joint_action" {
        pace: f64 = 0.95, in 0.0..=5.0, "effort a month", "", Uncertainty, "calibrated", "progress of a typical project";
        effort: f64 = 16.0, in 1.0..=100.0, "effort per unit of scale", "", Structure, "assumption", "effort that an item of scale one needs";
        slack: f64 = 1.5, in 1.0..=5.0, "ratio", "", Structure, "assumption", "time limit of a project, as a multiple of its nominal length";
        waiting: u32 = 2, in 0.0..=20.0, "items", "", Structure, "assumption", "agreed items that may wait; more are dropped";
        substitution: f64 = -1.0, in -10.0..=0.9, "exponent", "", Uncertainty, "NG22: complementary knowledge", "how far one domain's knowledge can stand in for another's (below 0: hardly)";
        input: f64 = 0.1, in 0.0..=2.0, "exponent", "", Uncertainty, "calibrated", "weight of knowledge, commitment and resources";
        knowledge_typical: f64 = 0.70, in 0.05..=2.0, "share", "", Uncertainty, "calibrated", "knowledge at which it neither speeds nor slows";
        commitment_typical: f64 = 0.415, in 0.05..=1.0, "share", "", Uncertainty, "calibrated", "commitment at which it neither speeds nor slows";
        resources_typical: f64 = 0.50, in 0.05..=5.0, "ratio", "", Uncertainty, "calibrated", "resources at which they neither speed nor slow";
        interdependence: f64 = 2.0, in 0.0..=5.0, "exponent", "", Uncertainty, "DJ16", "how much more the inputs matter where work is interdependent";
        disclosure: f64 = 0.5, in 0.0..=2.0, "share", "", Uncertainty, "AU20", "how much more those disclose who are seen as leaders";
        leadership_typical: f64 = 0.1, in 0.0..=1.0, "share", "", Uncertainty, "calibrated", "leadership granted at which disclosure is typical";
        sponsorship: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "part of the resources that a member chair brings by itself";
        plan: f64 = 0.3, in 0.0..=2.0, "share", "", Uncertainty, "WA23", "how much a plan made and led together speeds a project";
        plan_share: f64 = 0.34, in 0.0..=1.0, "share of the time limit", "", Structure, "assumption", "part of a project's life in which its plan is made";
        bureaucracy: f64 = 0.4, in 0.0..=1.0, "share", "", Uncertainty, "AU20", "what is lost to bureaucracy without stewardship";
        load: f64 = 0.2, in 0.0..=1.0, "share per 10 hours", "", Uncertainty, "AU20", "what is lost to overload";
        resistance: f64 = 0.6, in 0.0..=1.0, "share", "", Uncertainty, "AU20", "what is lost to those who did not support the decision";
        left_out: f64 = 0.36, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "what is lost to those who were left out";
        luck_system: f64 = 0.50, in 0.0..=2.0, "log sd", "", Uncertainty, "calibrated: loop gain (evidence 4.0)", "luck that a whole system keeps";
        luck_forum: f64 = 0.40, in 0.0..=2.0, "log sd", "", Uncertainty, "evidence 4.0", "luck that a forum keeps";
        luck_project: f64 = 0.60, in 0.0..=2.0, "log sd", "", Uncertainty, "evidence 4.0", "luck that a project keeps";
        noise: f64 = 0.10, in 0.0..=2.0, "effort a month", "", Uncertainty, "assumption", "month-to-month noise of progress";
        defection: f64 = 0.08, in 0.0..=1.0, "a project", "", Uncertainty, "AG08", "chance that a member with full outside options and no commitment withholds its part of a project";
        value_width: f64 = 0.25, in 0.01..=2.0, "distance", "", Uncertainty, "assumption", "distance from the true need at which a win has lost .39 of its value";
        embedding: f64 = 43.0, in 1.0..=120.0, "months", "", Uncertainty, "Morciano et al. 2021: 36-50", "mean time until a delivered value shows in services";
    }
}

section! {
    /// C8: commitment, expectation, influence, and the slow memories.
    Commitment = "mechanisms.commitment" {
        gain: f64 = 0.4, in 0.0..=1.0, "share of the gap", "γ⁺", Uncertainty, "evidence 4.3", "what good events add to commitment";
        loss: f64 = 0.45, in 0.0..=1.0, "share", "γ⁻", Uncertainty, "evidence 4.3", "what bad events take from it";
        decay: f64 = 0.01, in 0.0..=1.0, "share a month", "", Uncertainty, "evidence 4.3: .005-.03", "drift toward commitment at rest";
        rest: f64 = 0.3, in 0.0..=1.0, "share", "", Uncertainty, "assumption", "commitment at rest";
        agreement: f64 = 0.3, in 0.0..=1.0, "share", "", Uncertainty, "NG22", "what an agreement counts, times understanding squared";
        progress: f64 = 0.02, in 0.0..=1.0, "share", "", Uncertainty, "Amabile & Kramer 2011; calibrated: loop gain", "what a month's progress counts";
        impasse: f64 = 0.3, in 0.0..=1.0, "share", "", Uncertainty, "AG08", "what an impasse counts";
        imposition: f64 = 0.3, in 0.0..=1.0, "share", "", Uncertainty, "NG22", "what being overruled counts";
        feedback: f64 = 0.03, in 0.0..=1.0, "share", "", Uncertainty, "calibrated: loop gain (evidence A)", "how far wins and failures feed back on trust, commitment, grievance and fatigue";
        expectation_rate: f64 = 0.05, in 0.0..=1.0, "share a project", "", Uncertainty, "evidence 4.3", "how fast expectation follows what was won";
        influence_rate: f64 = 0.15, in 0.0..=1.0, "share a meeting", "", Uncertainty, "JO23", "how fast perceived influence follows what happened";
        closeness: f64 = 0.3, in 0.01..=2.0, "distance", "", Uncertainty, "assumption", "distance from a decision beyond which one has not been heard";
        satiation_rate: f64 = 0.15, in 0.0..=1.0, "share a meeting", "", Uncertainty, "AS24", "how fast satiation follows what was adopted";
        grievance_gain: f64 = 0.15, in 0.0..=1.0, "share", "", Uncertainty, "JO23", "grievance from a token consultation, or from the failure or loss of what one had a stake in";
        fatigue_gain: f64 = 0.15, in 0.0..=1.0, "share", "φ", Uncertainty, "JO23", "fatigue from an abandoned programme";
    }
}

section! {
    /// C9: strain, leaving, newcomers, forgetting.
    Renewal = "mechanisms.renewal" {
        strain_gain: f64 = 0.27, in 0.0..=1.0, "share a month per 10 hours", "a", Uncertainty, "calibrated: burnt out .25-.35", "strain from overload";
        strain_pressure: f64 = 0.6, in 0.0..=5.0, "share", "", Uncertainty, "NG22", "how much hierarchy pressure adds to it";
        recovery: f64 = 0.10, in 0.0..=1.0, "share a month", "r", Uncertainty, "calibrated", "recovery with full support";
        burnout: f64 = 0.5, in 0.0..=1.0, "strain", "θ_b", Uncertainty, "assumption", "strain above which a leader is burnt out";
        leaving_clinician: f64 = 0.0024, in 0.0..=1.0, "a month", "h0", Uncertainty, "evidence 3d: .004-.006 in all", "chance that a clinician leaves";
        leaving_other: f64 = 0.006, in 0.0..=1.0, "a month", "h0", Uncertainty, "evidence 3d", "chance that a manager or citizen leaves";
        leaving_executive: f64 = 0.0105, in 0.0..=1.0, "a month", "h0", Uncertainty, "evidence 3d: .02 in all", "chance that a member of an executive forum leaves";
        burnout_leaving: f64 = 3.0, in 1.0..=20.0, "ratio", "", Uncertainty, "Hodkinson et al. 2022: 2.3-4.2", "how many times likelier a burnt-out leader leaves";
        failing: f64 = 2.0, in 0.0..=20.0, "ratio", "", Uncertainty, "evidence 3d", "how much likelier executives leave when their forums fail";
        failing_rate: f64 = 0.05, in 0.0..=1.0, "share a project", "", Uncertainty, "assumption", "how fast a forum's record of failure follows its projects";
        grievance_half_life: f64 = 36.0, in 0.5..=1200.0, "months", "", Uncertainty, "evidence 4.3: 2-5 years", "time in which grievance halves";
        fatigue_half_life: f64 = 24.0, in 0.5..=1200.0, "months", "", Uncertainty, "evidence 4.13: 12-36", "time in which fatigue halves";
        skill_gain: f64 = 0.06, in 0.0..=1.0, "share of the gap a month", "", Uncertainty, "assumption", "what full training adds to relational skill";
        skill_decay: f64 = 0.02, in 0.0..=1.0, "share a month", "", Uncertainty, "assumption", "how fast what was learnt is forgotten";
        manager_preparation: f64 = 3.5, in 1.0..=20.0, "ratio", "", Uncertainty, "evidence 4.11: managers 10-40 h", "hours that managers spend on a seat, as a multiple of others";
    }
}

macro_rules! rules {
    ($($field:ident: $section:ident),+) => {
        /// The parameters of all rules.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Mechanisms { $(#[doc = concat!("[`", stringify!($section), "`].")] pub $field: $section,)+ }

        impl Mechanisms {
            /// The entries of all rules, in the order of the phases.
            pub fn entries() -> impl Iterator<Item = &'static Entry> {
                [$($section::ENTRIES),+].into_iter().flatten()
            }

            /// The value behind a full path such as `mechanisms.trust.gain`.
            #[must_use]
            pub fn get(&self, path: &str) -> Option<f64> {
                let (table, key) = path.rsplit_once('.')?;
                match table {
                    $($section::PATH => self.$field.get(key),)+
                    _ => None,
                }
            }

            /// Sets the value behind a full path; false when there is no such path.
            pub fn set(&mut self, path: &str, value: f64) -> bool {
                match path.rsplit_once('.') {
                    $(Some(($section::PATH, key)) => self.$field.set(key, value),)+
                    _ => false,
                }
            }
        }
    };
}

rules!(
    convening: Convening,
    voice: Voice,
    dialogue: Dialogue,
    trust: Trust,
    leadership: Leadership,
    decision: Decision,
    joint_action: JointAction,
    commitment: Commitment,
    renewal: Renewal
);
