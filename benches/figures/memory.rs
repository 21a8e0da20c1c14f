//! Memory, from what the system says that a process of its own has taken. Only Linux says it.

use crate::timing::seconds;
use crate::{Figure, full, scale, short};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use std::process::Command;

/// The first argument of a process that measures itself.
pub const TASK: &str = "measure-memory";
const GIB: f64 = 1_073_741_824.0;

/// Bytes that this process holds (`VmRSS`) or has held at most (`VmHWM`).
pub fn held(field: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024.0 * kilobytes)
}

/// Founds one system in a fresh process, runs it, and prints: leaders, ties, places for ties, bytes
/// of the setup, of the world after some cycles, the most at any time, and seconds.
pub fn child(leaders: u32, cycles: u32) {
    let before = held("VmRSS");
    let setup = scale(leaders);
    let described = held("VmRSS");
    let mut world = cycle::start(&setup, 1, 0);
    let time = seconds(|| {
        for _ in 0..cycles {
            cycle::step(&mut world, &mut Nobody);
        }
    });
    let (Some(before), Some(described)) = (before, described) else {
        return;
    };
    let (Some(now), Some(most)) = (held("VmRSS"), held("VmHWM")) else {
        return;
    };
    let ties = &world.ties;
    println!(
        "{} {} {} {} {} {} {time}",
        world.leaders.len(),
        ties.len(),
        ties.target.capacity(),
        described - before,
        now - described,
        most
    );
}

fn measured(leaders: u32, cycles: u32) -> Option<[f64; 7]> {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([TASK, &leaders.to_string(), &cycles.to_string()]);
    let said = command.output().expect("this program again");
    assert!(
        said.status.success(),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
    let text = String::from_utf8(said.stdout).expect("numbers");
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    numbers.try_into().ok()
}

/// Bytes of the five arrays of ties for each place.
const TIE: f64 = (3 * size_of::<f32>() + 2 * size_of::<u32>()) as f64;

pub fn figures() -> Vec<Figure> {
    let leaders = if full() { 1_000_000 } else { 100_000 };
    let Some([leaders, ties, places, setup, world, ..]) = measured(leaders, 3) else {
        return vec![Figure::new(
            "memory",
            "not measured",
            "this system has no /proc",
        )];
    };
    let how = format!("{} leaders of `scale`, resident memory", short(leaders));
    let other = (world - TIE * places) / leaders;
    let mut figures = vec![
        Figure::new(
            "bytes per leader without tie arrays",
            short(other),
            how.as_str(),
        ),
        Figure::new(
            "bytes per directed tie",
            short(TIE),
            format!(
                "five arrays; {} with the places to spare, {} ties a leader",
                short(TIE * places / ties),
                short(ties / leaders)
            ),
        ),
        Figure::new(
            "bytes per leader in all",
            short(world / leaders),
            how.as_str(),
        ),
        Figure::new("bytes per leader of the setup", short(setup / leaders), how),
    ];
    let (large, cycles) = if full() {
        (1_000_000, 60)
    } else {
        (100_000, 12)
    };
    if let Some([leaders, _, _, _, _, most, time]) = measured(large, cycles) {
        figures.push(Figure::new(
            format!(
                "{} leaders, {cycles} cycles: most memory at any time",
                short(leaders)
            ),
            format!("{:.2} GiB", most / GIB),
            format!(
                "resident, scenario and all; {} s for the cycles",
                short(time)
            ),
        ));
    }
    figures
}
