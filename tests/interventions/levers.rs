//! What each kind leaves in its lever, and in the states next to it.

use super::support::{after, one, system, with};
use commonground::model::setup::Intervention;
use commonground::model::world::World;
use commonground::registry::interventions::InterventionKind;

/// The value that a kind at half a dose, from the first month on, leaves in its lever.
fn lever(kind: InterventionKind) -> f64 {
    use InterventionKind as K;
    let half = Intervention {
        at: 1,
        until: 1,
        intensity: 0.5,
        ..one(kind)
    };
    let setup = with(&system(), vec![half]);
    let world = after(&setup, 1);
    let (levers, given) = (&world.levers, world.levers.given(7));
    let (forum, context) = (&levers.forums[3], &levers.context);
    match kind {
        K::PairedLearning => given.paired.into(),
        K::Shadowing => given.shadowing.into(),
        K::RoleModelling => given.modelled.into(),
        K::SimulationTraining => given.practised.into(),
        K::LeadershipProgramme => given.trained.into(),
        K::TalentSpotting => given.invited.into(),
        K::ProtectedTime => levers.protected[7].into(),
        K::Induction => given.inducted.into(),
        K::CoLocation => given.co_located.into(),
        K::TrustRepair => given.repairing.into(),
        K::Acknowledgement => given.acknowledged.into(),
        K::CommunityOfPractice => given.community.into(),
        K::DemandSurge => given.demand.into(),
        K::TurnoverWave => given.leaving.into(),
        K::RoleClarity => forum.design.role_clarity,
        K::GroundRules => forum.design.ground_rules,
        K::Transparency => forum.design.transparency,
        K::Inclusion => forum.design.inclusion,
        K::TokenConsultation => forum.design.token,
        K::AgendaSlicing => f64::from(forum.design.slices),
        K::BigBang => forum.design.scale,
        K::Facilitator => forum.provided[commonground::model::forum::act::STEWARDSHIP],
        K::CoDesign => forum.co_designed,
        K::JointReward => forum.rewarded_together,
        K::Triumvirate => forum.agenda_shared,
        K::MiniTransformations => forum.as_far_as_ready,
        K::Delegation => forum.delegated,
        K::PriorityChange => forum.abandoned,
        K::NeutralChair => f64::from(u8::from(forum.neutral)),
        K::Linking => context.linking,
        K::TargetRegime => context.hierarchy,
        K::Austerity => context.budget,
        // No lever: a list of changes.
        K::Reorganisation => 0.0,
    }
}

#[test]
fn each_leaves_its_dose_in_its_lever() {
    use InterventionKind as K;
    for kind in K::ALL {
        let half = 0.5 * kind.known().effect;
        let expected = match kind {
            // Halfway from .5 to one; from the .1 of this system.
            K::RoleClarity | K::GroundRules | K::Transparency | K::Inclusion => 0.75,
            K::TokenConsultation => 0.55,
            // One piece and half of three more, rounded; .25·(1 + 1.5); .6 + .2; 1 - .25.
            K::AgendaSlicing => 3.0,
            K::BigBang => 0.625,
            K::TargetRegime => 0.8,
            K::Austerity => 0.75,
            K::NeutralChair => 1.0,
            K::Reorganisation => 0.0,
            _ => half,
        };
        let found = lever(*kind);
        assert!(
            (found - expected).abs() < 1e-6,
            "{}: {found}, not {expected}",
            kind.known().word
        );
    }
}

/// What is looked at in a run.
type State = fn(&World) -> f64;

/// The mean of a state over all leaders at the end of a year of one kind, without its hours, and
/// without it.
fn year(
    mut setup: commonground::model::setup::Setup,
    kind: InterventionKind,
    state: State,
) -> [f64; 2] {
    setup.mechanisms.renewal.leaving_other = 0.02;
    let free = Intervention {
        at: 1,
        hours: 0.0,
        ..one(kind)
    };
    let with = with(&setup, vec![free]);
    [state(&after(&with, 12)), state(&after(&setup, 12))]
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (count, sum) = values
        .into_iter()
        .fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    sum / count
}

#[test]
fn states_move_the_way_they_are_meant_to() {
    use InterventionKind as K;
    let languages = |world: &World| mean(world.leaders.bilingualism.iter().copied());
    let motivation = |world: &World| mean(world.leaders.motivation.iter().copied());
    let grievance = |world: &World| mean(world.leaders.grievance.iter().copied());
    let strain = |world: &World| mean(world.leaders.strain.iter().copied());
    let expectation = |world: &World| {
        let seats = world.forums.iter().flat_map(|forum| &forum.seats);
        mean(seats.map(|seat| f64::from(seat.expectation)))
    };
    let ceiling = |world: &World| {
        let ties = world.ties.pairs();
        mean(ties.map(|(_, _, tie)| f64::from(world.ties.ceiling[tie])))
    };
    // Whatever share is granted is more than nothing and less than all.
    let (mut hopeful, mut spoilt) = (system(), system());
    hopeful.mechanisms.leadership.expected = 0.0;
    spoilt.mechanisms.leadership.expected = 1.0;
    let states: [(_, K, State, bool); 8] = [
        (system(), K::Shadowing, languages, true),
        (hopeful, K::RoleModelling, motivation, true),
        (spoilt, K::RoleModelling, motivation, false),
        (system(), K::Acknowledgement, grievance, false),
        (system(), K::ProtectedTime, strain, false),
        (system(), K::DemandSurge, strain, true),
        (system(), K::Induction, expectation, true),
        (system(), K::TrustRepair, ceiling, true),
    ];
    for (setup, kind, state, up) in states {
        let [with, without] = year(setup, kind, state);
        let moved = with - without;
        let word = kind.known().word;
        assert!(moved.abs() > 1e-4 && (moved > 0.0) == up, "{word}: {moved}");
    }
}

#[test]
fn what_a_row_leaves_out_is_the_kinds() {
    let text = "extends = \"baseline\"\n[about]\ntitle = \"Rows\"\n\
                [[interventions]]\nid = \"a\"\nkind = \"protected-time\"\n\
                [[interventions]]\nid = \"b\"\nkind = \"protected-time\"\nat = 3\nuntil = 9\n\
                effect = 8.0\nhours = 2.0\npounds = 5.0\nreach = 0.5\nintensity = 0.25\n\
                [[interventions]]\nid = \"c\"\nkind = \"reorganisation\"\nat = 4\n";
    let scenario = commonground::scenario::from_text("rows", text, &[]).unwrap();
    let rows = &scenario.setup.interventions;
    let said = |at: usize| {
        let one = &rows[at];
        let numbers = [one.effect, one.hours, one.pounds, one.reach, one.intensity];
        (one.at, one.until, numbers)
    };
    assert_eq!(said(0), (1, u32::MAX, [16.0, 0.0, 640.0, 1.0, 1.0]));
    assert_eq!(said(1), (3, 9, [8.0, 2.0, 5.0, 0.5, 0.25]));
    assert_eq!(said(2), (4, 4, [1.0, 0.0, 0.0, 1.0, 1.0]));
}
