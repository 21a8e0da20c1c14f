//! "Did you mean": the known names nearest to what was typed.

use super::finding::quoted;

/// Longest name that is compared, in bytes: the comparison's cost grows with its square.
const LONGEST: usize = 64;

/// A question such as `did you mean "ward-2"?`, where at most three names are equally near.
pub(super) fn did_you_mean<'a>(
    typed: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let small = typed.to_lowercase();
    let mut limit = (small.chars().count() / 3).max(1);
    let mut nearest: Vec<&str> = Vec::new();
    for name in known.filter(|name| name.len() <= LONGEST) {
        let distance = strsim::osa_distance(&small, &name.to_lowercase());
        if distance < limit {
            nearest.clear();
            limit = distance;
        }
        if distance <= limit {
            nearest.push(name);
        }
    }
    nearest.dedup();
    match nearest.len() {
        1..=3 => {
            let names: Vec<String> = nearest.iter().map(|name| quoted(name)).collect();
            Some(format!("did you mean {}?", names.join(" or ")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered_and_far_or_many_ones_are_not() {
        let known = ["board", "quality", "place-2"];
        let ask = |typed| did_you_mean(typed, known.into_iter());
        assert_eq!(ask("Bord").as_deref(), Some("did you mean \"board\"?"));
        assert_eq!(ask("place 2").as_deref(), Some("did you mean \"place-2\"?"));
        assert_eq!(ask("wards"), None);
        assert_eq!(ask(""), None);
        let many: Vec<String> = (0..9).map(|i| format!("p0{i}")).collect();
        assert_eq!(did_you_mean("p0x", many.iter().map(String::as_str)), None);
        assert_eq!(ask(&"b".repeat(1000)), None);
    }
}
