//! What each scenario of the library comes to.

use crate::advice;
use crate::sample::{Estimate, Failure, head, number, of_mean_month, of_run, row, sample, setup};
use commonground::scenario::library;

const TITLES: [&str; 12] = [
    "scenario",
    "leaders",
    "attendance",
    "clinicians",
    "managers",
    "citizens",
    "hours, clinician",
    "hours, manager",
    "burnt out",
    "leavers, clinicians",
    "leavers, executives",
    "advice density",
];

/// Prints the table.
pub(crate) fn report(runs: u64) -> Result<(), Failure> {
    println!("{runs} runs of each\n");
    let mut titles = TITLES.to_vec();
    titles.push("wins a forum and year");
    println!("{}", head(&titles));
    for name in library::names() {
        println!("{}", line(name, runs)?);
    }
    Ok(())
}

fn line(name: &str, runs: u64) -> Result<String, Failure> {
    let setup = setup(name)?;
    let records = sample(&setup, runs);
    let networks = advice::measures(&setup, runs.min(40))?;
    let density: Vec<f64> = networks.iter().map(|network| network[0]).collect();
    let run = |outcome: &str| -> Result<Estimate, Failure> {
        Ok(Estimate::of(&of_run(&records, outcome)?))
    };
    let kind = |outcome: &str| -> Result<String, Failure> {
        let mean = Estimate::of(&of_mean_month(&records, outcome)?).mean;
        Ok(number(mean, 2))
    };
    let forum_years = setup.forums.len() as f64 * f64::from(setup.horizon.cycles) / 12.0;
    let wins: Vec<f64> = of_run(&records, "wins")?
        .iter()
        .map(|wins| wins / forum_years)
        .collect();
    Ok(row(&[
        format!("`{name}`"),
        setup.posts.len().to_string(),
        run("attendance")?.text(2),
        kind("attendance_clinician")?,
        kind("attendance_manager")?,
        kind("attendance_citizen")?,
        number(run("hours_clinician")?.mean, 1),
        number(run("hours_manager")?.mean, 1),
        run("burnt_out")?.text(2),
        number(run("leavers_clinician")?.mean, 4),
        number(run("leavers_executive")?.mean, 4),
        number(Estimate::of(&density).mean, 2),
        Estimate::of(&wins).text(2),
    ]))
}
