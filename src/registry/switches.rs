//! Every mechanism of the model by name, with the values that switch it off.
//!
//! Ablation needs no code: set these values and the mechanism is not there. The limit cases of the
//! theory tests and the ablation row of a hypothesis are made from this table.

/// One mechanism.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mechanism {
    /// Its name.
    pub name: &'static str,
    /// The phase of the cycle that it belongs to, such as `C4`.
    pub phase: &'static str,
    /// Paths and values that switch it off.
    pub off: &'static [(&'static str, f64)],
    /// One line of meaning.
    pub line: &'static str,
}

const fn mechanism(
    name: &'static str,
    phase: &'static str,
    off: &'static [(&'static str, f64)],
    line: &'static str,
) -> Mechanism {
    Mechanism {
        name,
        phase,
        off,
        line,
    }
}

/// The mechanisms, in the order of the phases.
pub const MECHANISMS: &[Mechanism] = &[
    mechanism(
        "reasons to come",
        "C1",
        &[("mechanisms.convening.sensitivity", 0.0)],
        "leaders weigh reasons before they come",
    ),
    mechanism(
        "habit",
        "C1",
        &[("mechanisms.convening.habit", 0.0)],
        "leaders come where others came",
    ),
    mechanism(
        "satiation",
        "C1",
        &[("mechanisms.convening.satiation", 0.0)],
        "who got what they wanted comes less",
    ),
    mechanism(
        "mandate",
        "C1",
        &[("mechanisms.convening.mandate", 0.0)],
        "an obligation brings people",
    ),
    mechanism(
        "pull of the chair",
        "C1",
        &[("mechanisms.convening.pull", 0.0)],
        "a trusted or powerful chair draws people",
    ),
    mechanism(
        "power in talk",
        "C2",
        &[("mechanisms.voice.power_exponent", 0.0)],
        "air time follows power",
    ),
    mechanism(
        "dialogue",
        "C3",
        &[("mechanisms.dialogue.rate", 0.0)],
        "speakers move listeners",
    ),
    mechanism(
        "anchors",
        "C3",
        &[("mechanisms.dialogue.anchoring", 0.0)],
        "profession and organisation pull back",
    ),
    mechanism(
        "analysis",
        "C3",
        &[("mechanisms.dialogue.learning", 0.0)],
        "members learn what is needed",
    ),
    mechanism(
        "trust from experience",
        "C4",
        &[("mechanisms.trust.opportunities", 0.0)],
        "encounters in meetings build and cost trust",
    ),
    mechanism(
        "relational work",
        "C4",
        &[
            ("mechanisms.trust.between_meetings", 0.0),
            ("mechanisms.trust.introductions", 0.0),
        ],
        "encounters and introductions between meetings",
    ),
    mechanism(
        "lasting harm",
        "C4",
        &[("mechanisms.trust.lasting", 0.0)],
        "a broken promise lowers the highest trust still possible",
    ),
    mechanism(
        "generalised trust",
        "C4",
        &[
            ("mechanisms.trust.generalisation", 0.0),
            ("mechanisms.trust.regression", 0.0),
        ],
        "single encounters colour trust in a kind, and back",
    ),
    mechanism(
        "becoming bilingual",
        "C4",
        &[
            ("mechanisms.trust.bilingual_gain", 0.0),
            ("mechanisms.trust.bilingual_decay", 0.0),
        ],
        "good encounters across kinds teach the other language",
    ),
    mechanism(
        "leadership",
        "C5",
        &[
            ("mechanisms.leadership.granted", 0.0),
            ("mechanisms.leadership.refused", 0.0),
            ("mechanisms.leadership.lapse", 0.0),
        ],
        "leadership is claimed and granted",
    ),
    mechanism(
        "motivation to lead",
        "C5",
        &[("mechanisms.leadership.motivation_rate", 0.0)],
        "grants and refusals move motivation",
    ),
    mechanism(
        "agenda power",
        "C6",
        &[("mechanisms.decision.agenda", 0.0)],
        "a chair with agenda power pulls proposals",
    ),
    mechanism(
        "joint gains",
        "C6",
        &[
            ("mechanisms.decision.catalysis", 0.0),
            ("mechanisms.decision.side_payments", 0.0),
        ],
        "proposals move to what all can accept",
    ),
    mechanism(
        "reactance",
        "C6",
        &[
            ("mechanisms.decision.reactance", 0.0),
            ("mechanisms.commitment.imposition", 0.0),
        ],
        "those overruled resent it",
    ),
    mechanism(
        "joint action",
        "C7",
        &[
            ("mechanisms.joint_action.pace", 0.0),
            ("mechanisms.joint_action.noise", 0.0),
        ],
        "agreed items are worked on",
    ),
    mechanism(
        "joint planning",
        "C7",
        &[("mechanisms.joint_action.plan", 0.0)],
        "a plan made together speeds a project",
    ),
    mechanism(
        "resistance",
        "C7",
        &[("mechanisms.joint_action.resistance", 0.0)],
        "those who did not agree slow it",
    ),
    mechanism(
        "the left-out",
        "C7",
        &[("mechanisms.joint_action.left_out", 0.0)],
        "those without a seat slow it",
    ),
    mechanism(
        "defection",
        "C7",
        &[("mechanisms.joint_action.defection", 0.0)],
        "members with better options withhold their part",
    ),
    mechanism(
        "luck",
        "C7",
        &[
            ("mechanisms.joint_action.luck_system", 0.0),
            ("mechanisms.joint_action.luck_forum", 0.0),
            ("mechanisms.joint_action.luck_project", 0.0),
            ("mechanisms.joint_action.noise", 0.0),
        ],
        "systems, forums and projects are lucky or not",
    ),
    mechanism(
        "feedback",
        "C8",
        &[("mechanisms.commitment.feedback", 0.0)],
        "wins and failures feed back on trust, commitment, grievance and fatigue",
    ),
    mechanism(
        "commitment",
        "C8",
        &[
            ("mechanisms.commitment.gain", 0.0),
            ("mechanisms.commitment.loss", 0.0),
            ("mechanisms.commitment.decay", 0.0),
        ],
        "events move commitment",
    ),
    mechanism(
        "expectation",
        "C8",
        &[("mechanisms.commitment.expectation_rate", 0.0)],
        "expectation follows what was won",
    ),
    mechanism(
        "perceived influence",
        "C8",
        &[("mechanisms.commitment.influence_rate", 0.0)],
        "leaders notice whether they are heard",
    ),
    mechanism(
        "strain",
        "C9",
        &[
            ("mechanisms.renewal.strain_gain", 0.0),
            ("mechanisms.renewal.recovery", 0.0),
        ],
        "overload strains and support heals",
    ),
    mechanism(
        "turnover",
        "C9",
        &[
            ("mechanisms.renewal.leaving_clinician", 0.0),
            ("mechanisms.renewal.leaving_other", 0.0),
            ("mechanisms.renewal.leaving_executive", 0.0),
        ],
        "leaders leave and newcomers come",
    ),
    mechanism(
        "pressure pulses",
        "context",
        &[("context.pulse_rate", 0.0)],
        "pressure from above surges",
    ),
    mechanism(
        "abandonment",
        "context",
        &[("context.abandon", 0.0), ("context.abandon_pulse", 0.0)],
        "priorities change and programmes are dropped",
    ),
    mechanism(
        "drifting need",
        "context",
        &[("context.need_walk", 0.0)],
        "what the population needs drifts",
    ),
];

/// Another form that the model could have just as well: an assumption of its structure, not of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative {
    /// Its name.
    pub name: &'static str,
    /// The change, as it is typed.
    pub set: &'static str,
}

/// The alternatives, one at a time: a conclusion that needs one of the forms it was found with is a conclusion
/// about that form.
pub const ALTERNATIVES: &[Alternative] = &[
    Alternative {
        name: "trust as the share of good encounters",
        set: "mechanisms.trust.form=beta",
    },
    Alternative {
        name: "one leader at a time",
        set: "mechanisms.leadership.form=single",
    },
    Alternative {
        name: "grants follow air time less than in proportion",
        set: "mechanisms.leadership.grant_voice=0.5",
    },
    Alternative {
        name: "grants follow air time more than in proportion",
        set: "mechanisms.leadership.grant_voice=2",
    },
    Alternative {
        name: "ties by chance",
        set: "network.generator=random",
    },
    Alternative {
        name: "influence that ends at the tolerance",
        set: "mechanisms.dialogue.confidence=hard",
    },
    Alternative {
        name: "what several say is averaged",
        set: "mechanisms.dialogue.mixing=averaging",
    },
    Alternative {
        name: "forums decide by majority",
        set: "forums.rule=majority",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_registered_and_its_off_value_allowed() {
        for mechanism in MECHANISMS {
            for (path, off) in mechanism.off {
                let entry = crate::registry::find(path)
                    .unwrap_or_else(|| panic!("{path} is not registered"));
                let (low, high) = entry.bounds().unwrap();
                assert!((low..=high).contains(off), "{path} = {off}");
            }
        }
    }
}
