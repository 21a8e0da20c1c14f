use super::*;
use crate::model::event::What;
use crate::model::forum::Decision;
use crate::model::rules::testing::plain;
use crate::registry::leaders::LeaderKind::{Clinician, Manager};

/// The cells of one row, as text.
fn row(table: &Table, at: usize) -> Vec<(&'static str, String)> {
    let cell = |column: &Column| match &column.values {
        Values::Number(values) => format!("{:.3}", values[at]),
        Values::Integer(values) => values[at].to_string(),
        Values::Text(values) => values[at].clone(),
    };
    table
        .columns
        .iter()
        .map(|column| (column.name, cell(column)))
        .collect()
}

#[track_caller]
fn assert_row(table: &Table, at: usize, expected: &[(&'static str, &str)]) {
    let found = row(table, at);
    for (name, cell) in expected {
        let same = found.iter().find(|(column, _)| column == name);
        assert_eq!(same, Some(&(*name, (*cell).to_owned())));
    }
}

fn setup() -> Setup {
    plain(&[Clinician, Manager])
}

fn every() -> Keep {
    Keep {
        cycles: false,
        leaders: true,
        ties: true,
        forums: true,
        events: false,
        contributions: false,
    }
}

#[test]
fn leaders_and_ties_are_as_they_stand() {
    let setup = setup();
    let mut world = World::new(&setup, 1, 0);
    world.cycle = 12;
    let leaders = &mut world.leaders;
    (leaders.standing[1], leaders.power[1], leaders.holder[1]) = (0.75, 1.25, 2);
    leaders.view[1] = [0.1, 0.2, 0.3];
    (leaders.strain[1], leaders.grievance[1], leaders.fatigue[1]) = (0.4, 0.5, 0.6);
    (
        leaders.commitment[1],
        leaders.motivation[1],
        leaders.bilingualism[1],
    ) = (0.7, 0.8, 0.9);
    let tie = world.ties.find(0, 1).unwrap();
    let ties = &mut world.ties;
    (ties.trust[tie], ties.ceiling[tie], ties.granted[tie]) = (0.5, 0.75, 0.25);
    let mut tables = Tables::new(&setup, every());
    tables.end(&world);
    let tables = tables.finish();
    let leader = [
        ("cycle", "12"),
        ("leader", "leader-1"),
        ("holder", "2"),
        ("kind", "manager"),
        ("organisation", "organisation-1"),
        ("value", "0.100"),
        ("locus", "0.200"),
        ("pace", "0.300"),
        ("commitment", "0.700"),
        ("motivation", "0.800"),
        ("bilingualism", "0.900"),
        ("strain", "0.400"),
        ("grievance", "0.500"),
        ("fatigue", "0.600"),
        ("standing", "0.750"),
        ("power", "1.250"),
    ];
    assert_row(&tables[0], 1, &leader);
    let tie = [
        ("leader", "leader-0"),
        ("other", "leader-1"),
        ("trust", "0.500"),
        ("ceiling", "0.750"),
        ("granted", "0.250"),
        ("advice", "0"),
    ];
    assert_row(&tables[1], 0, &tie);
}

#[test]
fn a_forum_has_support_only_where_somebody_voted() {
    let setup = setup();
    let mut world = World::new(&setup, 1, 0);
    let mut tables = Tables::new(&setup, every());
    for decision in [Decision::Agreement, Decision::Token, Decision::NoQuorum] {
        world.cycle += 1;
        let meeting = &mut world.forums[0].meeting;
        (meeting.decision, meeting.present) = (decision, 2);
        (meeting.item.support, meeting.fairness) = (0.75, 0.5);
        (meeting.won, meeting.failed, meeting.value) = (1.0, 2.0, 0.25);
        meeting.abandoned = 3;
        tables.cycle(&world);
    }
    let tables = tables.finish();
    let agreed = [
        ("cycle", "1"),
        ("forum", "forum"),
        ("tier", "project"),
        ("decision", "agreement"),
        ("present", "2"),
        ("support", "0.750"),
        ("fairness", "0.500"),
        ("wins", "1.000"),
        ("failures", "2.000"),
        ("abandoned", "3"),
        ("value", "0.250"),
    ];
    assert_row(&tables[2], 0, &agreed);
    assert_row(
        &tables[2],
        1,
        &[
            ("decision", "token"),
            ("support", "NaN"),
            ("fairness", "0.500"),
        ],
    );
    assert_row(&tables[2], 2, &[("support", "NaN"), ("fairness", "NaN")]);
}

#[test]
fn an_event_says_why() {
    let setup = setup();
    let left = Event {
        cycle: 4,
        what: What::Left,
        forum: None,
        leader: Some(1),
        other: None,
        reason: Some(Reason::BurntOut),
        amount: 1.0,
    };
    let agreed = Event {
        what: What::Agreed,
        forum: Some(0),
        leader: None,
        reason: None,
        ..left
    };
    let table = events(&setup, &[left, agreed]);
    let why = [
        ("cycle", "5"),
        ("event", "left"),
        ("forum", ""),
        ("leader", "leader-1"),
        ("other", ""),
        ("reason", "burnt_out"),
        ("amount", "1.000"),
    ];
    assert_row(&table, 0, &why);
    assert_row(
        &table,
        1,
        &[("event", "agreed"), ("forum", "forum"), ("reason", "")],
    );
}
