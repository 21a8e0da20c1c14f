//! The catalogue: every outcome by name, with its unit, range and meaning.

use super::record::Outcome;

macro_rules! outcomes {
    ($(#[$doc:meta])* $name:ident, $list:ident { $($field:ident: $unit:literal, $low:expr, $high:expr, $source:literal, $line:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name { $(#[doc = $line] pub $field: f64,)+ }

        #[doc = concat!("The outcomes of [`", stringify!($name), "`], in the order of its fields.")]
        pub const $list: &[Outcome] = &[$(Outcome {
            name: stringify!($field), unit: $unit, low: $low, high: $high, line: $line, source: $source,
        },)+];

        impl $name {
            /// All missing.
            pub const MISSING: Self = Self { $($field: f64::NAN,)+ };

            /// Appends the values in the order of the catalogue.
            pub fn append(&self, values: &mut Vec<f64>) {
                values.extend([$(self.$field,)+]);
            }
        }
    };
}

const INF: f64 = f64::INFINITY;

outcomes! {
    /// What is observed in one cycle.
    Observed, CYCLE {
        trust: "share", 0.0, 1.0, "AG08", "mean trust over all ties";
        trust_across_kinds: "share", 0.0, 1.0, "AU20, NG22", "mean trust over ties between different kinds of leaders";
        trust_across_organisations: "share", 0.0, 1.0, "WA23", "mean trust over ties between organisations";
        trust_ceiling: "share", 0.0, 1.0, "SC06", "mean of the highest trust still possible";
        understanding: "share", 0.0, 1.0, "AG08", "shared understanding: one minus the mean distance between the mental models of members of a forum";
        vision: "share", 0.0, 1.0, "WA23", "shared vision: one minus the mean distance from the average mental model";
        foresight: "share", 0.0, 1.0, "KP12", "one minus the distance of the average mental model from the population's true need";
        commitment: "share", 0.0, 1.0, "AG08", "mean commitment to the process";
        commitment_weakest: "share", 0.0, 1.0, "AG08", "mean commitment of the third with the least power";
        attendance: "share", 0.0, 1.0, "AG08", "members present at meetings that were due";
        attendance_clinician: "share", 0.0, 1.0, "AU20", "attendance of clinicians";
        attendance_manager: "share", 0.0, 1.0, "AU20", "attendance of managers";
        attendance_citizen: "share", 0.0, 1.0, "KP12", "attendance of citizens";
        voice_gini: "Gini", 0.0, 1.0, "JO23", "inequality of air time in meetings";
        fairness: "share", 0.0, 1.0, "AG08", "felt fairness of meetings";
        legitimacy: "share", 0.0, 1.0, "WA23", "felt fairness times the support that decisions had";
        engagement: "share", 0.0, 1.0, "WA23", "attendance times perceived influence";
        resource_sharing: "ratio", 0.0, INF, "WA23", "resources that members present offer: their organisation's, times their commitment";
        influence: "share", 0.0, 1.0, "JO23", "mean perceived influence";
        expectation: "share", 0.0, 1.0, "AG08", "mean expected success";
        agreement: "share", 0.0, 1.0, "AG08", "due meetings that agreed";
        impasse: "share", 0.0, 1.0, "AG08", "due meetings that did not agree";
        imposed: "share", 0.0, 1.0, "AU20, NG22", "due meetings that were decided from above";
        token: "share", 0.0, 1.0, "JO23", "due meetings on items decided elsewhere";
        no_quorum: "share", 0.0, 1.0, "AG08", "due meetings to which too few came";
        wins: "a month", 0.0, INF, "AG08", "projects won, weighted: one of scale .25 weighs one";
        failures: "a month", 0.0, INF, "AG08", "projects failed, weighted";
        failures_time: "a month", 0.0, INF, "AG08", "projects that ran out of time";
        failures_end: "a month", 0.0, INF, "AU20", "projects unfinished when their forum ended";
        abandoned: "a month", 0.0, INF, "JO23", "agreed items abandoned because priorities changed or their forum ended";
        overturned: "a month", 0.0, INF, "JO23", "decisions overturned from above";
        dropped: "a month", 0.0, INF, "KP12", "agreed items dropped because too much was under way";
        broken_promises: "a month", 0.0, INF, "SC06", "leaders who broke a promise";
        shared_leadership: "share", 0.0, 1.0, "D'Innocenzo et al. 2016", "density times decentralisation of leadership granted, mean over forums";
        shared_leadership_executive: "share", 0.0, 1.0, "WA23", "the same for executive forums";
        shared_leadership_thematic: "share", 0.0, 1.0, "WA23", "the same for thematic forums";
        shared_leadership_project: "share", 0.0, 1.0, "WA23", "the same for project forums";
        leadership_density: "share", 0.0, 1.0, "DeRue et al. 2015", "mean leadership granted between members";
        leadership_centralisation: "share", 0.0, 1.0, "Freeman 1979", "in-degree centralisation of leadership granted";
        leadership_gini: "Gini", 0.0, 1.0, "D'Innocenzo et al. 2016", "inequality of leadership received within forums";
        leadership_entropy: "share", 0.0, 1.0, "own", "evenness of leadership received within forums (normalised entropy)";
        leadership_rotation: "share", 0.0, 1.0, "AU20", "forums whose most granted leader is another than a month ago";
        leadership_aggregate: "share", 0.0, 1.0, "Wang et al. 2014", "mean rating: leadership that members see in their forum as a whole (the largest tie each grants)";
        informal_leaders: "share", 0.0, 1.0, "AU20", "forums whose most granted leader has less than average formal authority";
        leading_clinician: "ratio", 0.0, INF, "WA23", "clinicians' part of leadership granted, relative to their part of the seats";
        leading_manager: "ratio", 0.0, INF, "WA23", "the same for managers";
        leading_citizen: "ratio", 0.0, INF, "WA23", "the same for citizens";
        stewardship: "share", 0.0, 1.0, "AG12", "fair process in meetings";
        mediation: "share", 0.0, 1.0, "AG12", "skill in conflict in meetings";
        catalysis: "share", 0.0, 1.0, "AG12", "search for joint gains in meetings";
        translation: "share", 0.0, 1.0, "WA23", "translation between kinds in meetings";
        analysis: "share", 0.0, 1.0, "WA23", "evidence read in meetings";
        representation: "share", 0.0, 1.0, "WA23", "speaking for the absent and outnumbered in meetings";
        relational: "share", 0.0, 1.0, "WA23", "relational work between meetings";
        dominance: "share", 0.0, 1.0, "NG22", "command and control in meetings";
        motivation_clinician: "share", 0.0, 1.0, "AU20", "clinicians' motivation to lead";
        motivation_manager: "share", 0.0, 1.0, "AU20", "managers' motivation to lead";
        motivation_citizen: "share", 0.0, 1.0, "KP12", "citizens' motivation to lead";
        bilingualism: "share", 0.0, 1.0, "AU20, WA23", "mean command of the other kinds' language";
        strain: "share", 0.0, 1.0, "NG22", "mean strain";
        burnt_out: "share", 0.0, 1.0, "NG22", "leaders whose strain is above the burnout threshold";
        grievance: "share", 0.0, 1.0, "JO23", "mean grievance";
        fatigue: "share", 0.0, 1.0, "JO23", "mean fatigue";
        satiation: "share", 0.0, 1.0, "AS24", "mean satiation";
        equity: "share", 0.0, 1.0, "WA23", "equity of benefit: one minus the Gini of what members got of what they wanted";
        leavers: "a month", 0.0, INF, "NG22", "leaders who left";
        leavers_clinician: "share a month", 0.0, 1.0, "evidence 3d", "clinicians who left, of all clinicians outside executive forums";
        leavers_executive: "share a month", 0.0, 1.0, "evidence 3d", "members of executive forums who left";
        hours: "hours", 0.0, INF, "AU20", "hours of governance and of interventions";
        hours_interventions: "hours", 0.0, INF, "own", "hours that interventions take from leaders";
        spending: "pounds", 0.0, INF, "own", "money spent on interventions";
        hours_clinician: "hours", 0.0, INF, "evidence 4.11", "hours of governance per clinician with a seat";
        hours_manager: "hours", 0.0, INF, "evidence 4.11", "hours of governance per manager with a seat";
        cost: "pounds", 0.0, INF, "scenario", "hours at the scenario's price, and money spent on interventions; missing where nothing is priced";
        delivered_value: "value", 0.0, INF, "own", "value of the wins so far";
        service_value: "value", 0.0, INF, "Morciano et al. 2021", "the part of it that has shown in services";
        cumulative_hours: "hours", 0.0, INF, "own", "hours of governance and of interventions so far";
        value_per_hour: "value per 1,000 hours", 0.0, INF, "own", "value delivered per 1,000 hours so far";
        cumulative_cost: "pounds", 0.0, INF, "scenario", "cost so far; missing where nothing is priced";
        value_per_pound: "value per million pounds", 0.0, INF, "own", "value delivered per million pounds so far; missing where nothing is priced";
        hierarchy: "share", 0.0, 1.0, "NG22, JO23", "pressure from above";
        capture: "share", 0.0, 1.0, "JO23", "attention taken by metrics";
        ties: "ties", 0.0, INF, "own", "mean number of ties of a leader";
        clamped: "values", 0.0, INF, "own", "values that had to be held to their range so far";
    }
}

outcomes! {
    /// What is observed of one run.
    Summary, RUN {
        wins: "wins", 0.0, INF, "AG08", "projects won over the run, weighted";
        wins_first_half: "wins", 0.0, INF, "AG08", "projects won in the first half of the run, weighted";
        wins_second_half: "wins", 0.0, INF, "AG08", "projects won in the second half of the run, weighted";
        failures: "failures", 0.0, INF, "AG08", "projects failed over the run, weighted";
        abandoned: "items", 0.0, INF, "JO23", "agreed items abandoned over the run";
        dropped: "items", 0.0, INF, "KP12", "agreed items dropped over the run";
        first_win: "months", 1.0, INF, "AG08", "month of the first win; missing where there was none";
        success: "yes or no", 0.0, 1.0, "scenario", "whether wins a forum and year reached the scenario's threshold";
        collapse: "yes or no", 0.0, 1.0, "scenario", "whether attendance over six months fell below the scenario's threshold";
        delivered_value: "value", 0.0, INF, "own", "value of all wins";
        service_value: "value", 0.0, INF, "Morciano et al. 2021", "the part of it that had shown in services at the end";
        hours: "hours", 0.0, INF, "AU20", "hours of governance and of interventions";
        value_per_hour: "value per 1,000 hours", 0.0, INF, "own", "value delivered per 1,000 hours";
        cost: "pounds", 0.0, INF, "scenario", "cost of hours and interventions; missing where nothing is priced";
        value_per_pound: "value per million pounds", 0.0, INF, "own", "value delivered per million pounds; missing where nothing is priced";
        attendance: "share", 0.0, 1.0, "AG08", "mean attendance over the run";
        agreement: "share", 0.0, 1.0, "AG08", "due meetings that agreed, mean over the run";
        trust: "share", 0.0, 1.0, "AG08", "mean trust over the run";
        understanding: "share", 0.0, 1.0, "AG08", "mean shared understanding over the run";
        commitment: "share", 0.0, 1.0, "AG08", "mean commitment over the run";
        shared_leadership: "share", 0.0, 1.0, "D'Innocenzo et al. 2016", "mean shared leadership over the run";
        shared_leadership_first_half: "share", 0.0, 1.0, "own", "mean shared leadership in the first half of the run";
        trust_first_half: "share", 0.0, 1.0, "own", "mean trust in the first half of the run";
        understanding_first_half: "share", 0.0, 1.0, "own", "mean shared understanding in the first half of the run";
        trust_end: "share", 0.0, 1.0, "AG08", "trust at the end";
        understanding_end: "share", 0.0, 1.0, "AG08", "shared understanding at the end";
        commitment_end: "share", 0.0, 1.0, "AG08", "commitment at the end";
        shared_leadership_end: "share", 0.0, 1.0, "own", "shared leadership at the end";
        shared_leadership_permuted: "share", 0.0, 1.0, "evidence 4.9", "the same if members granted as much as they do at the end, but to anyone at random";
        leadership_centralisation_end: "share", 0.0, 1.0, "Freeman 1979", "in-degree centralisation of leadership granted at the end";
        leadership_centralisation_permuted: "share", 0.0, 1.0, "evidence 4.9", "the same with grants dealt at random";
        leadership_gini_end: "Gini", 0.0, 1.0, "D'Innocenzo et al. 2016", "inequality of leadership received within forums at the end";
        leadership_gini_permuted: "Gini", 0.0, 1.0, "evidence 4.9", "the same with grants dealt at random";
        leadership_entropy_end: "share", 0.0, 1.0, "own", "evenness of leadership received within forums at the end";
        leadership_entropy_permuted: "share", 0.0, 1.0, "evidence 4.9", "the same with grants dealt at random";
        leadership_rotation: "share", 0.0, 1.0, "AU20", "forums whose most granted leader is another than a month ago, mean over the run";
        leadership_rotation_permuted: "share", 0.0, 1.0, "evidence 4.9", "the same from deal to deal with grants dealt at random";
        informal_leaders: "share", 0.0, 1.0, "AU20", "forums whose most granted leader has less than average formal authority, mean over the run";
        informal_leaders_permuted: "share", 0.0, 1.0, "evidence 4.9", "the same with grants dealt at random";
        trust_trend: "share", -1.0, 1.0, "AG08", "change of trust over the last 24 months (or the second half of a shorter run)";
        commitment_trend: "share", -1.0, 1.0, "AG08", "change of commitment over the same months";
        burnt_out: "share", 0.0, 1.0, "NG22", "leaders burnt out, mean over the run";
        leavers: "leaders", 0.0, INF, "NG22", "leaders who left";
        leavers_clinician: "share a month", 0.0, 1.0, "evidence 3d", "monthly leaver rate of clinicians outside executive forums";
        leavers_executive: "share a month", 0.0, 1.0, "evidence 3d", "monthly leaver rate of members of executive forums";
        hours_clinician: "hours a month", 0.0, INF, "evidence 4.11", "governance hours of a clinician with a seat";
        hours_manager: "hours a month", 0.0, INF, "evidence 4.11", "governance hours of a manager with a seat";
        broken_promises: "times", 0.0, INF, "SC06", "promises broken";
        clamped: "values", 0.0, INF, "own", "values that had to be held to their range";
    }
}
