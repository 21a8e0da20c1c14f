//! What a run costs, with its history: the meeting of a pair, a cycle at several sizes, a whole run of
//! `baseline`. The figures to quote are those of the bench `figures`.
#[path = "../tests/support/mod.rs"]
mod support;

use commonground::measure::{Keep, run};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::world::World;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::time::Duration;

fn whole_run(criterion: &mut Criterion) {
    let setup = support::baseline();
    let keep = Keep {
        cycles: true,
        ..Keep::default()
    };
    let mut replicate = 0;
    criterion.bench_function("run/baseline, 60 cycles", |bench| {
        bench.iter(|| {
            replicate += 1;
            run(&setup, 1, replicate, keep)
        });
    });
}

fn leader_cycles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cycle/scale");
    group.sample_size(10);
    for leaders in [100, 1_000, 10_000] {
        let setup = support::scale(leaders);
        let mut world = World::new(&setup, 1, 0);
        group.throughput(Throughput::Elements(setup.posts.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(leaders), |bench| {
            bench.iter(|| cycle::step(&mut world, &mut Nobody));
        });
    }
    group.finish();
}

fn pairs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("meeting/pairs");
    for members in [8u32, 12, 60] {
        let mut setup = support::one_forum(members);
        setup.mechanisms.convening.base = 20.0;
        let mut world = World::new(&setup, 1, 0);
        group.throughput(Throughput::Elements(
            u64::from(members) * u64::from(members - 1),
        ));
        group.bench_function(BenchmarkId::from_parameter(members), |bench| {
            bench.iter(|| cycle::step(&mut world, &mut Nobody));
        });
    }
    group.finish();
}

/// A few seconds each: changes of some percent show, and the whole is short.
fn brief() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
}

criterion_group! {
    name = benches;
    config = brief();
    targets = whole_run, leader_cycles, pairs
}
criterion_main!(benches);
