//! What each intervention and shock does in `baseline`: half a dose and a whole one, and what is left
//! after it ended, with what it costs.

use crate::sample::{Estimate, Failure, head, minus, number, of_months, row, sample};
use commonground::measure::Record;
use commonground::model::setup::{Intervention, Setup, Target};
use commonground::registry::interventions::{InterventionKind as Kind, Known, Reaches};
use commonground::scenario;

/// First and last month of what lasts.
const LASTS: (u32, u32) = (7, 30);
/// Months of which a mean is shown: the last six with it, the first six of what happens once, and two
/// years and more after what lasts has ended.
const WITH: (usize, usize) = (25, 30);
const ONCE: (usize, usize) = (7, 12);
const AFTER: (usize, usize) = (43, 60);

/// Prints the tables: people's troubles are in the system, so that remedies have something to mend.
pub(crate) fn report(runs: u64) -> Result<(), Failure> {
    let sets = [
        "groups.grievance=0.3",
        "context.hierarchy=0.4",
        "forums.token=0.1",
    ];
    let system = scenario::load("baseline", &sets.map(str::to_owned));
    let system = system
        .map_err(|errors| scenario::render(&errors.problems, false))?
        .setup;
    println!("`baseline` with {}, {runs} pairs\n", sets.join(", "));
    println!(
        "{}",
        head(&[
            "kind",
            "outcome",
            "half dose",
            "full dose",
            "full, months 43 to 60",
            "wins a month, months 7 to 60",
            "hours a month",
            "pounds a month",
        ])
    );
    let without = sample(&system, runs);
    for kind in Kind::ALL {
        let arm = |intensity| sample(&with(&system, *kind, intensity), runs);
        let (half, full) = (arm(0.5), arm(1.0));
        println!("{}", line(*kind, &without, &half, &full)?);
    }
    Ok(())
}

/// The system with one intervention for everybody.
fn with(system: &Setup, kind: Kind, intensity: f64) -> Setup {
    let known = kind.known();
    let one = Intervention {
        id: known.word.to_owned(),
        kind,
        at: LASTS.0,
        until: if known.once { LASTS.0 } else { LASTS.1 },
        reach: 1.0,
        intensity,
        effect: known.effect,
        hours: known.hours,
        pounds: known.pounds,
        target: Target::default(),
    };
    Setup {
        interventions: vec![one],
        ..system.clone()
    }
}

/// The outcome next to each lever.
fn next(kind: Kind) -> &'static str {
    match kind {
        Kind::PairedLearning => "trust_across_kinds",
        Kind::CoLocation | Kind::Reorganisation => "trust_across_organisations",
        Kind::Shadowing => "bilingualism",
        Kind::RoleModelling => "motivation_clinician",
        Kind::TalentSpotting => "leadership_density",
        Kind::LeadershipProgramme => "mediation",
        Kind::ProtectedTime | Kind::DemandSurge => "strain",
        Kind::Induction => "expectation",
        Kind::Acknowledgement => "grievance",
        Kind::CommunityOfPractice => "ties",
        Kind::GroundRules => "voice_gini",
        Kind::RoleClarity | Kind::Transparency | Kind::Facilitator => "fairness",
        Kind::CoDesign | Kind::TokenConsultation => "influence",
        Kind::JointReward => "agreement",
        Kind::NeutralChair => "attendance",
        Kind::Delegation => "imposed",
        Kind::Linking => "hierarchy",
        Kind::TurnoverWave => "leavers",
        Kind::PriorityChange => "fatigue",
        Kind::SimulationTraining | Kind::TrustRepair | Kind::Triumvirate | Kind::TargetRegime => {
            "trust"
        }
        Kind::Inclusion
        | Kind::AgendaSlicing
        | Kind::MiniTransformations
        | Kind::BigBang
        | Kind::Austerity => "wins",
    }
}

fn line(
    kind: Kind,
    without: &[Record],
    half: &[Record],
    full: &[Record],
) -> Result<String, Failure> {
    let known: &Known = kind.known();
    let outcome = next(kind);
    let shown = if known.once { ONCE } else { WITH };
    let difference = |arm: &[Record], name, months| -> Result<Estimate, Failure> {
        let pairs = minus(&over(arm, name, months)?, &over(without, name, months)?);
        Ok(Estimate::of(&pairs))
    };
    let spent = |name| -> Result<f64, Failure> { Ok(Estimate::of(&over(full, name, WITH)?).mean) };
    let reaches = match known.reaches {
        Reaches::Leaders => "",
        Reaches::Forums => " (forums)",
        Reaches::System => " (system)",
    };
    Ok(row(&[
        format!("`{}`{reaches}", known.word),
        outcome.replace('_', " "),
        difference(half, outcome, shown)?.text(3),
        difference(full, outcome, shown)?.text(3),
        difference(full, outcome, AFTER)?.text(3),
        difference(full, "wins", (7, 60))?.text(3),
        number(spent("hours_interventions")?, 0),
        number(spent("spending")?, 0),
    ]))
}

/// An outcome's mean over some months of each run.
fn over(records: &[Record], name: &str, (from, to): (usize, usize)) -> Result<Vec<f64>, Failure> {
    let mean = |months: Vec<f64>| {
        let known: Vec<f64> = months[from - 1..to]
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
            .collect();
        known.iter().sum::<f64>() / known.len() as f64
    };
    Ok(of_months(records, name)?.into_iter().map(mean).collect())
}
