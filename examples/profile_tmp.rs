use commonground::{
    measure::{Keep, run},
    scenario,
};
fn main() {
    let s = scenario::load("baseline", &[]).unwrap();
    let t = std::time::Instant::now();
    let mut x = 0.0;
    for r in 0..300 {
        x += run(
            &s.setup,
            1,
            r,
            Keep {
                cycles: true,
                ..Keep::default()
            },
        )
        .run[0];
    }
    println!("{x} {:?} per run", t.elapsed() / 300);
}
