//! How a run begins: systems, organisations, leaders and ties as one replicate draws them; and what
//! a newcomer starts with.

use super::advice::{Person, advice};
use super::forum::Forum;
use super::leader::{AXES, Leaders};
use super::levers::{Levers, sample};
use super::network::{ADVICE, FORUM, Ties};
use super::organisation::{Organisation, System};
use super::setup::Setup;
use crate::math;
use crate::random::{Draws, Purpose, address, normal, paired, uniform};
use crate::registry::leaders::{Attribute, LeaderKind};

/// Leaders whose draws lie in one stream, and who are updated together.
pub(crate) const BLOCK: usize = 1024;
/// Words for the attributes of one leader.
const ATTRIBUTE_WORDS: usize = 32;

/// Systems of one replicate.
pub(super) fn systems(setup: &Setup, draws: &Draws) -> Vec<System> {
    (0..setup.systems.len() as u64)
        .map(|index| {
            let z = normals::<8>(draws, Purpose::Team, index, 0);
            System {
                need: [z[0], z[1], z[2]]
                    .map(|z| (0.5 + setup.context.need_spread * z).clamp(0.0, 1.0)),
                history: setup.context.history + setup.between.history * z[3],
                interdependence: setup.between.interdependence * z[4],
                luck: setup.mechanisms.joint_action.luck_system * z[5],
                mix: setup.between.mix * z[6],
            }
        })
        .collect()
}

/// Organisations of one replicate.
pub(super) fn organisations(setup: &Setup, draws: &Draws) -> Vec<Organisation> {
    setup
        .organisations
        .iter()
        .map(|organisation| {
            let z = normals::<8>(
                draws,
                Purpose::Team,
                address(&organisation.id) | (1 << 55),
                0,
            );
            let pull = setup.between.organisation_gap * organisation.terms.anchor_pull;
            Organisation {
                system: organisation.system,
                power: math::exp(setup.between.power * z[0]),
                reputation: organisation.terms.reputation + setup.between.reputation * z[1],
                offset: [z[2], z[3], z[4]].map(|z| pull * z),
            }
        })
        .collect()
}

/// Standard normal numbers at one address.
pub(super) fn normals<const N: usize>(
    draws: &Draws,
    purpose: Purpose,
    index: u64,
    position: u64,
) -> [f64; N] {
    let mut words = [0; N];
    draws.fill(purpose, index, position, &mut words);
    words.map(normal)
}

/// What founds a system, and what a newcomer starts with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Founding<'a> {
    /// The description.
    pub setup: &'a Setup,
    /// Random numbers.
    pub draws: &'a Draws,
    /// Systems of this replicate.
    pub systems: &'a [System],
    /// Organisations of this replicate.
    pub organisations: &'a [Organisation],
}

impl Founding<'_> {
    /// The words of a post's holder: of the first one, or of a newcomer in this cycle.
    fn words(&self, post: usize, newcomer: Option<u32>) -> [u32; ATTRIBUTE_WORDS] {
        let mut words = [0; ATTRIBUTE_WORDS];
        let (block, slot) = (
            (post / BLOCK) as u64,
            ((post % BLOCK) * ATTRIBUTE_WORDS) as u64,
        );
        let (purpose, position) = match newcomer {
            None => (Purpose::Leader, slot),
            Some(cycle) => (Purpose::Newcomer, slot + (u64::from(cycle) << 32)),
        };
        self.draws.fill(purpose, block, position, &mut words);
        words
    }

    fn kind(&self, post: usize) -> LeaderKind {
        let post_of = &self.setup.posts[post];
        let group = &self.setup.groups[post_of.group as usize];
        if let Some(kind) = group.kind() {
            return kind;
        }
        let system = self.organisations[post_of.organisation as usize].system;
        let clinicians = (group.mix[0] + self.systems[system as usize].mix).clamp(0.0, 1.0);
        let others = group.mix[1] + group.mix[2];
        let managers = if others > 0.0 {
            (1.0 - clinicians) * group.mix[1] / others
        } else {
            0.0
        };
        let u = uniform(self.words(post, None)[31]);
        match u {
            u if u < clinicians => LeaderKind::Clinician,
            u if u < clinicians + managers => LeaderKind::Manager,
            _ => LeaderKind::Citizen,
        }
    }

    /// What a survey knows of a post's first holder.
    fn known(&self, post: usize, attribute: Attribute) -> Option<f64> {
        self.setup.posts[post].known.as_ref()?[attribute as usize]
    }

    /// One attribute of a post's holder.
    fn value(
        &self,
        post: usize,
        newcomer: Option<u32>,
        attribute: Attribute,
        kind: LeaderKind,
        words: &[u32],
    ) -> f64 {
        if newcomer.is_none()
            && let Some(known) = self.known(post, attribute)
        {
            return known;
        }
        let group = &self.setup.groups[self.setup.posts[post].group as usize];
        let spread = group.attributes[attribute as usize].unwrap_or_else(|| attribute.preset(kind));
        if spread.sd == 0.0 {
            return sample(attribute, spread, 0.0);
        }
        sample(attribute, spread, normal(words[attribute as usize]))
    }

    /// Gives a post its first holder, or a newcomer in this cycle.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "six digits are enough for what does not change"
    )]
    pub(super) fn appoint(&mut self, leaders: &mut Leaders, post: usize, newcomer: Option<u32>) {
        let words = self.words(post, newcomer);
        let kind = if newcomer.is_some() {
            leaders.kind[post]
        } else {
            self.kind(post)
        };
        let value = |attribute| self.value(post, newcomer, attribute, kind, &words);
        let organisation = self.setup.posts[post].organisation as usize;
        let offset = self.organisations[organisation].offset;
        let axes = [Attribute::Value, Attribute::Locus, Attribute::Pace];
        // A surveyed view is the person's own: what the organisation did to it is in it already.
        let surveyed = axes.map(|axis| newcomer.is_none() && self.known(post, axis).is_some());
        let view: [f64; AXES] = std::array::from_fn(|axis| {
            let pull = if surveyed[axis] { 0.0 } else { offset[axis] };
            (value(axes[axis]) + pull).clamp(0.0, 1.0)
        });
        let group = &self.setup.groups[self.setup.posts[post].group as usize];
        leaders.kind[post] = kind;
        leaders.profession[post] = group
            .profession
            .unwrap_or((self.setup.professions.len() + kind as usize) as u32);
        leaders.organisation[post] = organisation as u32;
        leaders.view[post] = view;
        leaders.anchor[post] = view.map(|x| x as f32);
        leaders.openness[post] = value(Attribute::Openness) as f32;
        leaders.skill[post] = value(Attribute::Skill) as f32;
        leaders.skill_start[post] = leaders.skill[post];
        leaders.bilingualism[post] = value(Attribute::Bilingualism);
        leaders.bilingualism_start[post] = leaders.bilingualism[post] as f32;
        leaders.knowledge[post] = [
            Attribute::Clinical,
            Attribute::Managerial,
            Attribute::Community,
        ]
        .map(|e| value(e) as f32);
        leaders.motivation[post] = value(Attribute::Motivation);
        leaders.commitment[post] = value(Attribute::Commitment);
        leaders.authority[post] = value(Attribute::Authority) as f32;
        leaders.stake[post] =
            (value(Attribute::Stake) * self.setup.organisations[organisation].terms.stake) as f32;
        leaders.own_work[post] = value(Attribute::OwnWork) as f32;
        leaders.capacity[post] = value(Attribute::Capacity) as f32;
        leaders.grievance[post] = value(Attribute::Grievance);
        leaders.fatigue[post] = value(Attribute::Fatigue);
        leaders.strain[post] = value(Attribute::Strain);
        leaders.generalised[post] = self.general_trust(post, kind).map(|trust| trust as f32);
    }

    /// Generalised trust at the start: what one has heard of one's own kind and of the others.
    pub(super) fn general_trust(&self, post: usize, kind: LeaderKind) -> [f64; 3] {
        let rule = &self.setup.mechanisms.trust;
        let organisation = self.setup.posts[post].organisation as usize;
        let history = self.systems[self.organisations[organisation].system as usize].history;
        let mut trust = [(rule.start_across + history).clamp(0.0, 1.0); 3];
        trust[kind as usize] = (rule.start_within + history).clamp(0.0, 1.0);
        trust
    }

    /// What the scenario provides.
    pub(super) fn levers(&self) -> Levers {
        Levers::constants(self.setup, |post, attribute| {
            let kind = self.kind(post);
            self.value(post, None, attribute, kind, &self.words(post, None))
        })
    }

    /// Places that each leader needs for ties to the members of forums that begin later.
    pub(super) fn reserved(&self, forums: &[Forum]) -> Vec<usize> {
        let mut reserved = vec![0; self.setup.posts.len()];
        for (forum, stated) in forums.iter().zip(&self.setup.forums) {
            for seat in forum.seats.iter().filter(|_| stated.design.start > 1) {
                reserved[seat.leader as usize] += forum.seats.len() - 1;
            }
        }
        reserved
    }

    /// Ties among all who share a forum, and the informal network, with trust at the start.
    #[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
    pub(super) fn ties(&self, leaders: &Leaders, forums: &[Forum], reserved: &[usize]) -> Ties {
        let mut pairs = self.informal(leaders);
        for (forum, stated) in forums.iter().zip(&self.setup.forums) {
            for a in forum.seats.iter().filter(|_| stated.design.start <= 1) {
                let others = forum.seats.iter().filter(|b| b.leader != a.leader);
                pairs.extend(others.map(|b| (a.leader, b.leader, FORUM)));
            }
        }
        let new_ties = self.setup.network.new_ties as usize;
        let spare: Vec<usize> = reserved.iter().map(|places| places + new_ties).collect();
        let mut ties = Ties::with_spare(&pairs, &spare);
        let sd = self.setup.mechanisms.trust.start_sd;
        for from in 0..leaders.len() {
            let bits = self.bits(from);
            for tie in ties.row(from) {
                ties.mark(leaders, from, tie);
                let to = ties.target[tie] as usize;
                let reputation = self.organisations[leaders.organisation[to] as usize].reputation;
                let base = self.general_trust(from, leaders.kind[from])[leaders.kind[to] as usize];
                let noise = if sd > 0.0 {
                    sd * normal(paired::<1>(bits, to as u64)[0])
                } else {
                    0.0
                };
                ties.trust[tie] = (base + reputation + noise).clamp(0.0, 1.0) as f32;
            }
        }
        for known in &self.setup.ties {
            if let (Some(tie), Some(trust)) =
                (ties.find(known.from as usize, known.to), known.trust)
            {
                ties.trust[tie] = trust as f32;
            }
        }
        ties
    }

    /// 64 bits of a leader's own, from which those of its ties are made.
    fn bits(&self, leader: usize) -> [u32; 2] {
        let words = self.words(leader, None);
        [words[29], words[30]]
    }

    /// The informal network: a survey's ties, and drawn ones within each neighbourhood for the pairs
    /// that it leaves open. The network is drawn whole and then cut down to them, so that what is
    /// drawn for a pair does not depend on who else answered.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "leaders are counted in 32 bits"
    )]
    fn informal(&self, leaders: &Leaders) -> Vec<(u32, u32, u32)> {
        let mut pairs: Vec<(u32, u32, u32)> = self
            .setup
            .ties
            .iter()
            .map(|tie| (tie.from, tie.to, if tie.advice { ADVICE } else { 0 }))
            .collect();
        let survey = self.setup.survey.as_ref();
        let open = |from, to| survey.is_none_or(|survey| survey.is_open(from, to));
        let mut order: Vec<u32> = (0..leaders.len() as u32).collect();
        let neighbourhood = |post: &u32| self.setup.posts[*post as usize].neighbourhood;
        order.sort_by_key(neighbourhood);
        for members in order.chunk_by(|a, b| neighbourhood(a) == neighbourhood(b)) {
            let people: Vec<Person> = members
                .iter()
                .map(|post| Person {
                    profession: leaders.profession[*post as usize],
                    organisation: leaders.organisation[*post as usize],
                })
                .collect();
            let drawn = advice(
                &people,
                &self.setup.network,
                self.draws,
                u64::from(neighbourhood(&members[0])),
            );
            pairs.extend(
                drawn
                    .into_iter()
                    .map(|(a, b)| (members[a as usize], members[b as usize], ADVICE))
                    .filter(|(from, to, _)| open(*from, *to)),
            );
        }
        pairs
    }
}
