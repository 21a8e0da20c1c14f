//! The shock: something happens in one month, and how long it is felt, in the whole system and in the trust
//! rule alone.

use super::sweep::{dose, intensity, kind};
use super::{Failure, Work};
use crate::analysis::tipping::Response;
use crate::model::setup::Setup;
use crate::registry::interventions::InterventionKind;
use crate::registry::switches::MECHANISMS;

/// Month of the shock: after a year of the system as it is.
pub(super) const MONTH: u32 = 13;
/// Pairs of runs for each replicate of the map: a difference is to be seen month by month.
const PAIRS: u64 = 4;
/// Phases that are off where a trust variable is alone: who comes, who leads, and what results do to leaders.
const OFF: [&str; 3] = ["C1", "C5", "C8"];
/// Besides, what trust does to encounters; and who comes has no reasons, but comes every other time.
const ALONE: [&str; 2] = [
    "mechanisms.trust.confirmation=0",
    "mechanisms.convening.base=0",
];

/// What happens, and how hard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shock {
    pub(super) kind: InterventionKind,
    pub(super) intensity: f64,
}

/// One arm.
#[derive(Clone, Debug)]
pub(super) struct Felt {
    /// `whole` or `alone`.
    pub(super) arm: &'static str,
    pub(super) response: Option<Response>,
}

/// A kind, or a kind and its intensity: `token-consultation=0.5`.
pub(super) fn read(text: &str) -> Result<Shock, String> {
    let (word, dose) = text.split_once('=').unwrap_or((text, "1"));
    Ok(Shock {
        kind: kind(word)?,
        intensity: intensity(dose)?,
    })
}

/// Follows the shock in both arms; nothing if it was stopped.
pub(super) fn shock(work: &Work<'_>) -> Result<Option<Vec<Felt>>, Failure> {
    let Shock { kind, intensity } = work.arguments.shock;
    let off = MECHANISMS.iter().filter(|one| OFF.contains(&one.phase));
    let off = off.flat_map(|one| one.off);
    let mut sets: Vec<String> = off
        .map(|(path, value)| format!("{path}={value:?}"))
        .collect();
    sets.extend(ALONE.map(str::to_owned));
    let arms = [
        ("whole", work.scenario.setup.clone()),
        ("alone", work.scenario.with(&sets)?.setup),
    ];
    let mut setups: Vec<Setup> = Vec::new();
    for (_, setup) in &arms {
        let mut without = setup.clone();
        without.horizon.cycles = (setup.horizon.cycles + MONTH - 1).min(1200);
        let mut with = without.clone();
        with.interventions
            .push(dose(kind, (MONTH, MONTH), intensity));
        setups.extend([with, without]);
    }
    let pairs = work.arguments.replicates.saturating_mul(PAIRS);
    let Some(paths) = work.paths(&setups, pairs)? else {
        return Ok(None);
    };
    let felt = arms.iter().zip(paths.chunks(2)).map(|((arm, _), runs)| {
        let since = |run: &Vec<f64>| run.get(MONTH as usize - 1..).unwrap_or_default().to_vec();
        let pairs = runs[0].iter().zip(&runs[1]).map(|(with, without)| {
            let both = since(with).into_iter().zip(since(without));
            both.map(|(with, without)| with - without).collect()
        });
        let pairs: Vec<Vec<f64>> = pairs.collect();
        Felt {
            arm,
            response: Response::of(&pairs, work.seed),
        }
    });
    Ok(Some(felt.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shock_is_read_or_refused_with_the_reason() {
        let found = read("token-consultation").unwrap();
        assert_eq!(found.kind, InterventionKind::TokenConsultation);
        assert_eq!(found.intensity, 1.0);
        assert_eq!(read("turnover-wave=0.5").unwrap().intensity, 0.5);
        assert!(read("turnover-wave=5").unwrap_err().contains("from 0 to 1"));
        assert!(read("turnover").unwrap_err().contains("there is no"));
    }

    /// What a phase is called is known to the registry.
    #[test]
    fn every_phase_that_is_off_has_mechanisms() {
        for phase in OFF {
            assert!(MECHANISMS.iter().any(|one| one.phase == phase), "{phase}");
        }
    }
}
