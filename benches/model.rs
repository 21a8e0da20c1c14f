//! What a run costs: the meeting of a pair, a cycle at several sizes, a whole run of `baseline`.
#[path = "../tests/support/mod.rs"]
mod support;

use commonground::measure::{Keep, run};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::world::World;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

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
    for leaders in [100, 1_000, 10_000, 100_000] {
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

criterion_group!(benches, whole_run, leader_cycles, pairs);
criterion_main!(benches);
