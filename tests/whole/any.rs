//! Scenario files that nobody would write: any key of the registry anywhere in its range.

use commonground::registry::leaders::{ATTRIBUTES, LeaderKind};
use commonground::registry::mechanisms::Mechanisms;
use commonground::registry::places::{
    Between, ChairKind, Context, ForumDesign, Horizon, Network, OrganisationTerms, Provided, Tier,
};
use commonground::registry::switches::MECHANISMS;
use commonground::registry::{Choice, Entry, Kind, Preset, Section};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where in its range a value stands.
#[derive(Clone, Copy, Debug)]
pub enum At {
    Low,
    High,
    /// A multiple of what holds without it.
    Near(f64),
    /// So far between low and high.
    Between(f64),
}

/// A key, by its position in some list of entries, and where it stands.
pub type Stated = (Index, At, f64);

#[derive(Clone, Debug)]
pub struct Group {
    leaders: u32,
    kind: Option<usize>,
    mix: [f64; 3],
    profession: Option<bool>,
    organisations: Vec<Index>,
    stated: Vec<Stated>,
}

#[derive(Clone, Debug)]
pub struct Forum {
    tier: usize,
    groups: Vec<Index>,
    seats: Option<Index>,
    chair: Option<usize>,
    leader: Option<Index>,
    deadline: Option<u32>,
    stated: Vec<Stated>,
}

/// A scenario, in parts.
#[derive(Clone, Debug)]
pub struct Parts {
    top: Vec<Stated>,
    fairness: Option<[f64; 4]>,
    off: Vec<Index>,
    organisations: Vec<Vec<Stated>>,
    groups: Vec<Group>,
    forums: Vec<Forum>,
}

fn at() -> impl Strategy<Value = At> {
    prop_oneof![
        3 => (0.0..=1.0).prop_map(At::Between),
        3 => (0.2..3.0).prop_map(At::Near),
        1 => Just(At::Low),
        1 => Just(At::High),
    ]
}

/// Up to so many keys: mostly a few, so that each one's neighbours are as usual.
fn stated(most: usize) -> impl Strategy<Value = Vec<Stated>> {
    let key = || (any::<Index>(), at(), 0.0..=1.0);
    prop_oneof![
        2 => prop::collection::vec(key(), 0..=most.min(4)),
        1 => prop::collection::vec(key(), 0..=most),
    ]
}

fn group() -> impl Strategy<Value = Group> {
    let kind = prop::option::weighted(0.7, 0..LeaderKind::WORDS.len());
    let mix = (0.0..=1.0, 0.0..=1.0).prop_map(|(a, b): (f64, f64)| {
        let (low, high) = (a.min(b), a.max(b));
        [low, high - low, 1.0 - high]
    });
    let organisations = prop::collection::vec(any::<Index>(), 1..4);
    let profession = prop::option::of(any::<bool>());
    (1..=10_u32, kind, mix, profession, organisations, stated(30)).prop_map(
        |(leaders, kind, mix, profession, organisations, stated)| Group {
            leaders,
            kind,
            mix,
            profession,
            organisations,
            stated,
        },
    )
}

fn forum() -> impl Strategy<Value = Forum> {
    let who = (
        prop::collection::vec(any::<Index>(), 1..4),
        prop::option::of(any::<Index>()),
    );
    let chair = (
        prop::option::weighted(0.8, 0..ChairKind::WORDS.len()),
        prop::option::of(any::<Index>()),
    );
    let deadline = prop::option::weighted(0.3, 1..30_u32);
    (0..Tier::WORDS.len(), who, chair, deadline, stated(20)).prop_map(
        |(tier, (groups, seats), (chair, leader), deadline, stated)| Forum {
            tier,
            groups,
            seats,
            chair,
            leader,
            deadline,
            stated,
        },
    )
}

/// Any scenario of 2 to 40 leaders in 1 to 6 forums.
pub fn parts() -> impl Strategy<Value = Parts> {
    let off = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec(any::<Index>(), 0..MECHANISMS.len()),
    ];
    let fairness = prop::option::weighted(0.3, prop::array::uniform4(0.0..=1.0));
    (
        (stated(400), fairness),
        off,
        prop::collection::vec(stated(10), 1..6),
        prop::collection::vec(group(), 1..=4),
        prop::collection::vec(forum(), 1..=6),
    )
        .prop_map(
            |((top, fairness), off, organisations, mut groups, forums)| {
                // Two leaders are the least that can meet.
                groups[0].leaders = groups[0].leaders.max(2);
                Parts {
                    top,
                    fairness,
                    off,
                    organisations,
                    groups,
                    forums,
                }
            },
        )
}

/// What felt fairness is made of: parts whose sum counts up to one.
const FAIRNESS: [&str; 4] = [
    "mechanisms.voice.fairness_equality",
    "mechanisms.voice.fairness_transparency",
    "mechanisms.voice.fairness_clarity",
    "mechanisms.voice.fairness_representation",
];

/// Every key that stands in no row and by itself, but for the length of a run.
fn top() -> Vec<&'static Entry> {
    let sections = [
        Horizon::ENTRIES,
        Context::ENTRIES,
        Between::ENTRIES,
        Network::ENTRIES,
    ];
    let all = sections.into_iter().flatten().chain(Mechanisms::entries());
    all.filter(|entry| entry.path != "horizon.cycles" && !FAIRNESS.contains(&entry.path))
        .collect()
}

fn preset(entry: &Entry) -> f64 {
    match entry.preset {
        Preset::Number(value) | Preset::Spread(value, _) => value,
        Preset::ByKind(means, _) => means[0],
        Preset::Required | Preset::Empty => 0.0,
    }
}

fn number(entry: &Entry, (low, high): (f64, f64), at: At) -> f64 {
    match at {
        At::Low => low,
        At::High => high,
        At::Near(factor) => (preset(entry) * factor).clamp(low, high),
        At::Between(share) => (low + share * (high - low)).clamp(low, high),
    }
}

/// The value of a key as a scenario file writes it.
fn written(entry: &Entry, at: At, spread: f64) -> String {
    match entry.kind {
        Kind::Choice { words } => {
            let last = words.len() as f64 - 1.0;
            format!(
                "{:?}",
                words[number(entry, (0.0, last), at).round() as usize]
            )
        }
        Kind::Integer { low, high } => format!("{:.0}", number(entry, (low, high), at)),
        Kind::Spread { low, high } => format!(
            "{{ mean = {:?}, sd = {:?} }}",
            number(entry, (low, high), at),
            spread * spread * (high - low)
        ),
        _ => format!("{:?}", number(entry, entry.bounds().expect("a number"), at)),
    }
}

/// Lines for the stated keys, each once, without the first part of their paths.
fn lines(text: &mut String, entries: &[&Entry], stated: &[Stated]) {
    let keys: BTreeMap<usize, &Stated> = stated
        .iter()
        .map(|stated| (stated.0.index(entries.len()), stated))
        .collect();
    for (key, (_, at, spread)) in keys {
        let entry = entries[key];
        let (_, path) = entry.path.split_once('.').expect("a key stands in a table");
        writeln!(text, "{path} = {}", written(entry, *at, *spread)).unwrap();
    }
}

fn ids(stem: &str, chosen: impl IntoIterator<Item = usize>) -> String {
    let mut chosen: Vec<usize> = chosen.into_iter().collect();
    chosen.sort_unstable();
    chosen.dedup();
    let ids: Vec<String> = chosen.iter().map(|at| format!("\"{stem}{at}\"")).collect();
    format!("[{}]", ids.join(", "))
}

impl Parts {
    /// The scenario file.
    pub fn text(&self) -> String {
        let mut text = self.sections();
        let terms: Vec<&Entry> = OrganisationTerms::ENTRIES.iter().collect();
        for (at, stated) in self.organisations.iter().enumerate() {
            writeln!(text, "[[organisations]]\nid = \"o{at}\"").unwrap();
            lines(&mut text, &terms, stated);
        }
        for (at, group) in self.groups.iter().enumerate() {
            self.group(&mut text, at, group);
        }
        for (at, forum) in self.forums.iter().enumerate() {
            self.forum(&mut text, at, forum);
        }
        text
    }

    fn sections(&self) -> String {
        let entries = top();
        let mut values: BTreeMap<&str, String> = BTreeMap::new();
        for (key, at, spread) in &self.top {
            let entry = entries[key.index(entries.len())];
            values.insert(entry.path, written(entry, *at, *spread));
        }
        if let Some(parts) = self.fairness {
            for (path, part) in FAIRNESS.iter().zip(parts) {
                values.insert(path, format!("{part:?}"));
            }
        }
        for mechanism in &self.off {
            for (path, off) in mechanism.get(MECHANISMS).off {
                values.insert(path, format!("{off}"));
            }
        }
        let lines: Vec<String> = values
            .iter()
            .map(|(path, value)| format!("{path} = {value}\n"))
            .collect();
        format!(
            "{}about = {{ title = \"Any\", status = \"stylised\" }}\n",
            lines.concat()
        )
    }

    fn group(&self, text: &mut String, at: usize, group: &Group) {
        let organisations = group
            .organisations
            .iter()
            .map(|index| index.index(self.organisations.len()));
        let [clinician, manager, citizen] = group.mix;
        let kind = match group.kind {
            Some(kind) => format!("kind = \"{}\"", LeaderKind::WORDS[kind]),
            None => format!(
                "mix = {{ clinician = {clinician:?}, manager = {manager:?}, citizen = {citizen:?} }}"
            ),
        };
        let profession = match group.profession {
            Some(first) => format!("profession = \"{}\"\n", if first { "a" } else { "b" }),
            None => String::new(),
        };
        writeln!(
            text,
            "[[groups]]\nid = \"g{at}\"\ncount = {}\norganisations = {}\n{kind}\n{profession}",
            group.leaders,
            ids("o", organisations)
        )
        .unwrap();
        let attributes: Vec<&Entry> = ATTRIBUTES.iter().collect();
        lines(text, &attributes, &group.stated);
    }

    fn forum(&self, text: &mut String, at: usize, forum: &Forum) {
        let mut groups: Vec<usize> = forum
            .groups
            .iter()
            .map(|index| index.index(self.groups.len()))
            .collect();
        let size = |groups: &[usize]| -> u32 {
            let distinct: std::collections::BTreeSet<&usize> = groups.iter().collect();
            distinct.iter().map(|at| self.groups[**at].leaders).sum()
        };
        if size(&groups) < 2 {
            groups.push(0);
        }
        writeln!(
            text,
            "[[forums]]\nid = \"f{at}\"\ntier = \"{}\"",
            Tier::WORDS[forum.tier]
        )
        .unwrap();
        let named = ids("g", groups.iter().copied());
        match forum.seats {
            Some(seats) => {
                let seats = 2 + seats.index(size(&groups) as usize - 1);
                writeln!(text, "seats = {seats}\nfrom = {named}").unwrap();
            }
            None => writeln!(text, "members = {named}").unwrap(),
        }
        if let Some(kind) = forum.chair {
            let leads = matches!(
                ChairKind::at(kind),
                ChairKind::Organic | ChairKind::Appointed
            );
            let leader = match forum.leader {
                Some(leader) if leads => format!(", leader = \"g{}\"", leader.get(&groups)),
                _ => String::new(),
            };
            let kind = ChairKind::WORDS[kind];
            writeln!(text, "chair = {{ kind = \"{kind}\"{leader} }}").unwrap();
        }
        // A forum has to meet before it ends, and may end within the run.
        let except = if let Some(deadline) = forum.deadline {
            let (rhythm, start) = (1 + deadline / 9, 1 + deadline / 4);
            writeln!(
                text,
                "deadline = {deadline}\nrhythm = {rhythm}\nstart = {start}"
            )
            .unwrap();
            ["deadline", "rhythm", "start"]
        } else {
            let start = if forum.seats.is_some() {
                1
            } else {
                1 + 3 * forum.tier
            };
            writeln!(text, "start = {start}").unwrap();
            ["deadline", "", "start"]
        };
        let entries: Vec<&Entry> = ForumDesign::ENTRIES
            .iter()
            .chain(Provided::ENTRIES)
            .filter(|entry| !except.contains(&entry.key()))
            .collect();
        lines(text, &entries, &forum.stated);
    }
}
