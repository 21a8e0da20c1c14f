//! The random network against chance.

use commonground::model::advice::{Person, advice};
use commonground::random::Draws;
use commonground::registry::places::{Generator, Network};

/// In a random network a tie is returned, and a two-path closed, as often as there is a tie at all.
#[test]
fn a_random_network_has_nothing_but_its_density() {
    let people: Vec<Person> = (0..80)
        .map(|index| Person {
            profession: index % 2,
            organisation: index % 8,
        })
        .collect();
    let network = Network {
        generator: Generator::Random,
        density: 0.2,
        ..Network::default()
    };
    let ties = advice(&people, &network, &Draws::new(1, 0), 0);
    assert_eq!(ties.len(), 1264, "a fifth of 80·79");
    let is = |from: u32, to: u32| ties.binary_search(&(from, to)).is_ok();
    let returned = ties.iter().filter(|(from, to)| is(*to, *from)).count();
    let share = returned as f64 / ties.len() as f64;
    assert!((share - 0.2).abs() < 0.04, "{share}");
    let paths = ties.iter().flat_map(|(i, k)| {
        let next = ties.iter().filter(move |(from, j)| from == k && j != i);
        next.map(move |(_, j)| (*i, *j))
    });
    let (mut all, mut closed) = (0.0, 0.0);
    for (i, j) in paths {
        all += 1.0;
        closed += f64::from(u8::from(is(i, j)));
    }
    assert!((closed / all - 0.2_f64).abs() < 0.02, "{}", closed / all);
    let alike = ties.iter().filter(|(from, to)| from % 2 == to % 2).count();
    let alike = alike as f64 / ties.len() as f64;
    assert!((alike - 39.0 / 79.0).abs() < 0.05, "{alike}");
}
