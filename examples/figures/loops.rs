//! How strongly wins go with what should carry them, from one team of `baseline` to another.

use crate::sample::{Failure, head, number, of_run, row, sample, setup};
use commonground::analysis::dip::{dip, dip_p};
use commonground::math;
use commonground::measure::Record;
use commonground::random::{Draws, Purpose, address};

/// Prints the table.
pub(crate) fn report(runs: u64) -> Result<(), Failure> {
    let records = sample(&setup("baseline")?, runs);
    let all = |name: &str| of_run(&records, name);
    println!("`baseline`, {runs} teams\n");
    println!("{}", head(&["correlation of", "with", "r", "wanted"]));
    let wins = all("wins")?;
    let means = ["shared_leadership", "trust", "understanding"];
    for name in means {
        println!("{}", pair("wins", &wins, name, &all(name)?, ".15 to .45"));
    }
    let later = all("wins_second_half")?;
    for name in means {
        let first = format!("{name}_first_half");
        println!(
            "{}",
            pair(
                "wins, second half",
                &later,
                &first,
                &all(&first)?,
                "reported"
            )
        );
    }
    let earlier = all("wins_first_half")?;
    println!(
        "{}",
        pair(
            "wins, second half",
            &later,
            "wins, first half",
            &earlier,
            "at least .20"
        )
    );
    println!();
    unexplained(&records, &wins, &means)?;
    println!("{}", peaks(&wins));
    Ok(())
}

/// Whether wins have one peak: teams do not fall into those that win and those that do not. Wins are
/// whole, so each is spread evenly over its unit: one peak stays one.
fn peaks(wins: &[f64]) -> String {
    let within = |at: u64| {
        let [u] = Draws::new(crate::SEED, 0).uniforms(Purpose::Design, address("spread"), at);
        u - 0.5
    };
    let spread: Vec<f64> = (0..).zip(wins).map(|(at, won)| won + within(at)).collect();
    format!(
        "wins unimodal: dip {}, p {}; wanted: p > .05",
        number(dip(&spread), 3),
        number(dip_p(&spread, 999, crate::SEED), 3)
    )
}

fn pair(of: &str, a: &[f64], with: &str, b: &[f64], wanted: &str) -> String {
    let r = correlation(a, b);
    let [low, high] = interval(r, a.len());
    row(&[
        of.to_owned(),
        with.replace('_', " "),
        format!(
            "{} ({} to {})",
            number(r, 2),
            number(low, 2),
            number(high, 2)
        ),
        wanted.to_owned(),
    ])
}

/// The part of the variance of wins that the three means leave open, by least squares.
fn unexplained(records: &[Record], wins: &[f64], means: &[&str; 3]) -> Result<(), Failure> {
    let mut columns = Vec::new();
    for name in means {
        columns.push(of_run(records, name)?);
    }
    let r: [[f64; 3]; 3] =
        std::array::from_fn(|i| std::array::from_fn(|j| correlation(&columns[i], &columns[j])));
    let y: [f64; 3] = std::array::from_fn(|i| correlation(&columns[i], wins));
    let weights = solve(r, y);
    let explained: f64 = weights.iter().zip(y).map(|(w, y)| w * y).sum();
    let (n, k) = (wins.len() as f64, 3.0);
    // Large-sample variance of R squared: Olkin & Finn (1995).
    let open = 1.0 - explained;
    let variance =
        4.0 * explained * open * open * (n - k - 1.0) * (n - k - 1.0) / ((n * n - 1.0) * (n + 3.0));
    let half = 1.96 * variance.sqrt();
    println!(
        "1 - R² of wins on the three means: {} ({} to {}); wanted: at least .80",
        number(open, 2),
        number(open - half, 2),
        number(open + half, 2)
    );
    Ok(())
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let mean = |x: &[f64]| x.iter().sum::<f64>() / n;
    let (ma, mb) = (mean(a), mean(b));
    let cross = |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
    };
    cross(a, ma, b, mb) / (cross(a, ma, a, ma) * cross(b, mb, b, mb)).sqrt()
}

/// 95 % interval of a correlation (Fisher's z).
fn interval(r: f64, n: usize) -> [f64; 2] {
    let z = 0.5 * math::ln((1.0 + r) / (1.0 - r));
    let half = 1.96 / (n as f64 - 3.0).sqrt();
    [z - half, z + half].map(|z| {
        let e = math::exp(2.0 * z);
        (e - 1.0) / (e + 1.0)
    })
}

/// The solution of three equations, by Cramer's rule.
fn solve(a: [[f64; 3]; 3], b: [f64; 3]) -> [f64; 3] {
    let determinant = |m: &[[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(&a);
    std::array::from_fn(|column| {
        let mut with = a;
        for (row, value) in with.iter_mut().zip(b) {
            row[column] = value;
        }
        determinant(&with) / whole
    })
}
