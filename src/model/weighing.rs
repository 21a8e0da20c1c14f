//! Standing, power and load of every leader: made anew at the start of each cycle from last month's
//! ties and this month's schedule.

use super::rules::standing;
use super::stage::Stage;
use super::world::World;
use rayon::prelude::*;

/// Weighs every leader; large systems in parallel, with the same result.
#[allow(
    clippy::cast_possible_truncation,
    reason = "six digits are enough for what is made anew each month"
)]
pub(super) fn weigh(world: &mut World, parallel: bool) {
    receive(world, parallel);
    let mut made = [&mut world.leaders.standing, &mut world.leaders.load].map(std::mem::take);
    let mut power = std::mem::take(&mut world.leaders.power);
    let [stood, loads] = &mut made;
    let view: &World = world;
    let stage = view.stage();
    let fill = |leader: usize, standing: &mut f32, load: &mut f32, power: &mut f64| {
        let seats = view.seats_of(leader);
        let stands = standing::standing(&view.forums, seats);
        *standing = stands as f32;
        *power = standing::power(&stage, leader, stands);
        *load = standing::load(&stage, leader, scheduled(view, &stage, leader)) as f32;
    };
    if parallel {
        let places = stood
            .par_iter_mut()
            .zip(loads.par_iter_mut())
            .zip(power.par_iter_mut());
        places
            .enumerate()
            .for_each(|(leader, ((standing, load), power))| fill(leader, standing, load, power));
    } else {
        let places = stood.iter_mut().zip(loads.iter_mut()).zip(power.iter_mut());
        places
            .enumerate()
            .for_each(|(leader, ((standing, load), power))| fill(leader, standing, load, power));
    }
    let [stood, loads] = made;
    (
        world.leaders.standing,
        world.leaders.load,
        world.leaders.power,
    ) = (stood, loads, power);
}

/// What every seat receives of leadership granted.
fn receive(world: &mut World, parallel: bool) {
    let ties = &world.ties;
    if parallel {
        world
            .forums
            .par_iter_mut()
            .for_each(|forum| standing::receive(ties, forum));
    } else {
        world
            .forums
            .iter_mut()
            .for_each(|forum| standing::receive(ties, forum));
    }
}

/// Hours of all meetings that a leader is expected at this month.
fn scheduled(world: &World, stage: &Stage, leader: usize) -> f64 {
    let seats = world.seats_of(leader).iter();
    let due = seats.filter(|(forum, _)| {
        let design = &world.levers.forums[*forum as usize].design;
        super::forum::Forum::meets(design, world.cycle)
    });
    due.map(|(forum, _)| standing::hours(stage, leader, *forum as usize))
        .sum()
}
