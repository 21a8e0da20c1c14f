//! `tipping`: two regimes where they were planted, and none where there are none.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One forum whose encounters go well with a chance that depends on trust alone: no other reason counts,
/// who trusts comes no more often, promises are kept, nobody leaves, and everyone trusts everyone alike at the
/// start.
const ALONE: &str = r#"
extends = "trust-board"

[mechanisms.trust]
skill = 0
language = 0
distance = 0
fairness = 0
pressure = 0
strain = 0
competition = 0
agenda = 0
opportunities = 1
contact = 5
loss_ratio = 2.5
gain = 0.02
between_meetings = 0
regression = 0
start_within = 0.5
start_across = 0.5
start_sd = 0

[mechanisms.convening]
base = 2
sensitivity = 0

[mechanisms.joint_action]
defection = 0

[between]
history = 0
reputation = 0

[context]
overturn = 0

[mechanisms.commitment]
feedback = 0

[mechanisms.renewal]
leaving_clinician = 0
leaving_other = 0
leaving_executive = 0
"#;

fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("tipping")
        .join(name);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("alone.toml"), ALONE).unwrap();
    path
}

fn go(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_commonground"))
        .arg("tipping")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn good(folder: &Path, arguments: &[&str]) -> String {
    let said = go(folder, arguments);
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success(), "{told}");
    String::from_utf8_lossy(&said.stdout).into_owned()
}

fn results(folder: &Path) -> PathBuf {
    let mut folders = fs::read_dir(folder.join("output")).unwrap();
    folders.next().unwrap().unwrap().path()
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .unwrap();
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|head| head == name).unwrap();
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// With a steep confirmation p(t) = σ(.9 + 8 (t - .5)) and λ = 2.5 the drift p (1 - t) - 2.5 (1 - p) t is zero
/// at .020, .505 and .978: unstable in the middle, whatever history and interdependence are, and stable at
/// the ends, where starts reach so far.
#[test]
fn a_steep_confirmation_tips_in_the_middle_at_every_history() {
    let folder = scratch("steep");
    let asked = [
        "alone.toml",
        "--set",
        "mechanisms.trust.base=0.9",
        "--set",
        "mechanisms.trust.confirmation=8",
        "--cycles",
        "12",
        "--replicates",
        "10",
        "--only",
        "map",
    ];
    let said = good(&folder, &asked);
    assert!(said.contains("Two regimes at 15 of 15"), "{said}");
    let path = results(&folder);
    let rows = cells(&path.join("tipping_boundaries.csv"));
    let boundaries = column(&rows, "boundary");
    let kinds = column(&rows, "kind");
    let of = |kind: &str| -> Vec<f64> {
        let both = kinds.iter().zip(&boundaries);
        let alike = both.filter(|(one, _)| *one == kind);
        alike.map(|(_, at)| at.parse().unwrap()).collect()
    };
    assert_eq!(of("unstable").len(), 15);
    for at in of("unstable") {
        assert!((at - 0.505).abs() < 0.03, "{at}");
    }
    assert!(!of("stable").is_empty());
    for at in of("stable") {
        let nearest = (at - 0.020).abs().min((at - 0.978).abs());
        assert!(nearest < 0.01, "{at}");
    }
    let map = cells(&path.join("tipping_map.csv"));
    assert_eq!(map.len(), 1 + 9 * 15);
    for chart in ["tipping_map.svg", "tipping_map.png"] {
        assert!(path.join("charts").join(chart).is_file());
    }
    // Every column is told in the dictionary.
    let dictionary = cells(&path.join("dictionary.csv"));
    for (name, rows) in [("tipping_boundaries", &rows), ("tipping_map", &map)] {
        let of = dictionary.iter().filter(|row| row[0] == name);
        let told: Vec<&String> = of.map(|row| &row[1]).collect();
        assert_eq!(told, rows[0].iter().collect::<Vec<_>>(), "{name}");
    }
}

/// Without confirmation the chance is σ(.9) = .711 from every start, and trust settles at
/// p/(p + (1 - p) λ) = .711/(.711 + .289 · 2.5) = .496.
#[test]
fn without_confirmation_trust_settles_and_the_text_says_so() {
    let folder = scratch("flat");
    let asked = [
        "alone.toml",
        "--set",
        "mechanisms.trust.base=0.9",
        "--set",
        "mechanisms.trust.confirmation=0",
        "--cycles",
        "12",
        "--replicates",
        "10",
        "--only",
        "map",
        "--no-charts",
    ];
    let said = good(&folder, &asked);
    assert!(said.contains("No unstable boundary"), "{said}");
    let path = results(&folder);
    let rows = cells(&path.join("tipping_boundaries.csv"));
    assert!(
        column(&rows, "regime").iter().all(|word| word == "settles"),
        "{rows:?}"
    );
    for at in column(&rows, "boundary") {
        let at: f64 = at.parse().unwrap();
        assert!((at - 0.496).abs() < 0.02, "{at}");
    }
    assert!(!path.join("charts").exists());
    // The same again, on one thread: the same bytes.
    let file = path.join("tipping_boundaries.csv");
    let first = fs::read(&file).unwrap();
    good(&folder, &[&asked[..], &["--threads", "1"]].concat());
    assert_eq!(first, fs::read(&file).unwrap());
}

#[test]
fn what_it_cannot_look_at_is_refused() {
    let folder = scratch("refused");
    let refused = |asked: &[&str], words: &str| {
        let said = go(&folder, asked);
        let told = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(!said.status.success() && told.contains(words), "{told}");
    };
    refused(&["alone.toml", "--cycles", "1"], "2 to 1200");
    refused(
        &["alone.toml", "--of", "wins"],
        "trust, commitment, attendance",
    );
    refused(&["alone.toml", "--replicates", "1"], "2 to");
    refused(
        &["alone.toml", "--set", "horizon.cycles=1"],
        "give it 2 to 1200 months with --cycles",
    );
    refused(&["nowhere"], "nowhere");
    let arms =
        format!("{ALONE}\n[[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.history = 0.1\n");
    fs::write(folder.join("arms.toml"), arms).unwrap();
    refused(&["arms.toml"], "describes more than one system");
    assert!(!folder.join("output").exists());
}

/// Words of one table's column.
fn words(path: &Path, table: &str, name: &str) -> Vec<String> {
    column(&cells(&path.join(table)), name)
}

/// Resources that no rule counts leave no loop and no response; a broken promise that lowers what trust can
/// ever be again leaves both, and the response does not come back.
#[test]
fn what_lasts_is_path_dependent_and_what_is_not_felt_is_not() {
    let base = [
        "alone.toml",
        "--set",
        "mechanisms.trust.base=3",
        "--set",
        "mechanisms.trust.confirmation=0",
        "--set",
        "mechanisms.joint_action.input=0",
        "--set",
        "mechanisms.decision.side_payments=0",
        "--cycles",
        "36",
        "--replicates",
        "10",
        "--only",
        "sweep,shock",
    ];
    let nothing = scratch("nothing");
    let asked = ["--sweep", "austerity=0:1", "--shock", "austerity"];
    let said = good(&nothing, &[&base[..], &asked].concat());
    assert!(said.contains("no response seen"), "{said}");
    let path = results(&nothing);
    for gap in words(&path, "hysteresis_gaps.csv", "gap") {
        assert!(gap.parse::<f64>().unwrap().abs() < 1e-12, "{gap}");
    }
    let verdicts = words(&path, "hysteresis_gaps.csv", "verdict");
    assert_eq!(verdicts, ["too little to matter"; 2]);
    assert_eq!(words(&path, "impulse_half_lives.csv", "seen"), ["no"; 2]);

    let lasting = scratch("lasting");
    let token = "token-consultation";
    let asked = ["--sweep", "token-consultation=0:1", "--shock", token];
    good(&lasting, &[&base[..], &asked].concat());
    let path = results(&lasting);
    for gap in words(&path, "hysteresis_gaps.csv", "gap") {
        assert!(gap.parse::<f64>().unwrap() < -0.01, "{gap}");
    }
    let verdicts = words(&path, "hysteresis_gaps.csv", "verdict");
    assert_eq!(verdicts, ["path-dependent"; 2]);
    assert_eq!(words(&path, "impulse_half_lives.csv", "seen"), ["yes"; 2]);
    assert_eq!(words(&path, "impulse_half_lives.csv", "half_life"), [""; 2]);
    assert_eq!(cells(&path.join("impulse.csv")).len(), 1 + 2 * 36);
    assert_eq!(cells(&path.join("hysteresis.csv")).len(), 1 + 2 * 2 * 5);
    for chart in ["hysteresis.png", "impulse.png"] {
        assert!(path.join("charts").join(chart).is_file());
    }
    assert!(!path.join("tipping_map.csv").exists());
    let dictionary = cells(&path.join("dictionary.csv"));
    for name in [
        "hysteresis",
        "hysteresis_gaps",
        "impulse",
        "impulse_half_lives",
    ] {
        let of = dictionary.iter().filter(|row| row[0] == name);
        let told: Vec<&String> = of.map(|row| &row[1]).collect();
        let rows = cells(&path.join(format!("{name}.csv")));
        assert_eq!(told, rows[0].iter().collect::<Vec<_>>(), "{name}");
    }
}
