//! Pools what a speaker says of a party over the article, and decides against a threshold that depends on how the target was
//! found. All numbers stand in targets.tsv.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::leanings::{self, Ground, Leaning};
use super::scoring::Draft;
use super::{Context, Position, Stance, evidence};
use crate::entities::EntityId;
use crate::lexicon::gazetteer::PartyKind;
use crate::lexicon::stance::{Numbers, RuleName, When};
use crate::rounding::shown;

/// Pools the drafts over the article and turns them into stances, in the room of `used` ones.
#[must_use]
pub fn decide(context: &Context<'_>, drafts: &mut Vec<Draft>, told: &[Leaning], used: Vec<Stance>) -> Vec<Stance> {
    let pools = pools(context, drafts);
    let mut stances = used;
    stances.clear();
    stances.reserve(drafts.len());
    // Mostly the one who spoke last goes on.
    let mut last = (None, false);
    for (draft, pool) in drafts.drain(..).zip(pools) {
        let speaker = context.attributions[draft.quotation].speaker;
        if speaker != last.0 {
            last = (speaker, speaker.is_some_and(|speaker| context.is_observer(speaker)));
        }
        let leaning = leanings::leaning(told, speaker, draft.target.entity);
        stances.extend(stance(context, draft, Elsewhere { pool, leaning, observed: last.1 }));
    }
    debug_assert!(stances.is_sorted_by_key(|stance| (stance.quotation, stance.mention)), "as drafts are made");
    stances
}

/// Up to so many drafts of one speaker and target are compared with one another; more are told apart by a set.
const FEW: usize = 16;

/// For each draft the sum of all that its speaker says of its target, and how often he does.
fn pools(context: &Context<'_>, drafts: &[Draft]) -> Vec<(f64, usize)> {
    let mut pools: Vec<(f64, usize)> = drafts.iter().map(|draft| (draft.own, 1)).collect();
    let speaker = |draft: &Draft| context.attributions[draft.quotation].speaker;
    let order = drafts.iter().enumerate().filter_map(|(at, draft)| Some((speaker(draft)?, draft.target.entity, at)));
    let mut order: Vec<(EntityId, EntityId, usize)> = order.collect();
    order.sort_unstable();
    let mut few: SmallVec<[&str; FEW]> = SmallVec::new();
    for alike in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|alike| alike.len() > 1) {
        few.clear();
        let mut many: FxHashSet<&str> = FxHashSet::default();
        let (mut sum, mut count) = (0.0, 0);
        for draft in alike.iter().map(|(.., at)| &drafts[*at]) {
            let words = words_said(context, draft.quotation);
            let new = if alike.len() > FEW { many.insert(words) } else { !few.contains(&words) };
            // What a headline or a box says again is said once.
            if new {
                if alike.len() <= FEW {
                    few.push(words);
                }
                (sum, count) = (sum + draft.own, count + 1);
            }
        }
        for (.., at) in alike {
            pools[*at] = (sum, count);
        }
    }
    pools
}

/// The words of a quotation, without the sign that ends them.
fn words_said<'a>(context: &Context<'a>, quotation: usize) -> &'a str {
    let words = context.scan.quotations[quotation].span.of(context.text);
    words.trim_end_matches(|sign: char| !sign.is_alphanumeric())
}

/// What is known of the speaker and party of a draft besides it.
#[derive(Clone, Copy)]
struct Elsewhere<'a> {
    /// The sum of all that the speaker says of the party, and how often he does.
    pool: (f64, usize),
    leaning: Option<&'a Leaning>,
    /// Whether the speaker is one who explains.
    observed: bool,
}

fn stance(context: &Context<'_>, draft: Draft, elsewhere: Elsewhere<'_>) -> Option<Stance> {
    let Elsewhere { pool: (sum, count), leaning, observed } = elsewhere;
    let lexicon = &context.lexicons.stance;
    let numbers = &lexicon.numbers;
    let others = if count > 1 { (sum - draft.own) / ((count - 1) as f64).sqrt() } else { 0.0 };
    let said = draft.own + f64::from(numbers.pooling) * others;
    let pooled = (said + leaning.map_or(0.0, |leaning| leaning.amount)).clamp(-1.0, 1.0);
    let least_own = f64::from(numbers.least_own);
    let blamed_rival = leaning.and_then(|leaning| match leaning.ground {
        Ground::Told => None,
        Ground::Rivals => Some(said <= -least_own),
        Ground::Opponents => Some(said < least_own),
    });
    let threshold = threshold(context, &draft, Met { count, observed, praised: pooled > 0.0, blamed_rival });
    // Clear words are never turned by what stands elsewhere.
    let clear = draft.own.abs() >= f64::from(numbers.clear);
    let side = draft.own.signum();
    let article_score = shown(if clear { side * (side * pooled).max(threshold) } else { pooled });
    let position = match () {
        () if article_score.abs() < threshold => Position::Neutral,
        () if article_score < 0.0 => Position::Against,
        () => Position::For,
    };
    let Draft { quotation, target, own, mut evidence, .. } = draft;
    let rule = lexicon.rule(target.rule);
    let silent = own.abs() < f64::from(numbers.least_own);
    // `“…” would bore viewers`: of those without a name around a quotation hardly one is a party unless it is evaluated.
    let nobody = !target.inside
        && !matches!(target.rule, RuleName::OutsideSubject | RuleName::OutsideTopic | RuleName::Continued)
        && context.entities.list[target.entity].unnamed
        && position == Position::Neutral;
    if nobody || rule.when == When::Polar && (position == Position::Neutral || silent) {
        return None;
    }
    evidence::add_elsewhere(&mut evidence, article_score - own, leaning);
    if evidence.is_empty() {
        evidence.push_str("spoken of without evaluation");
    }
    let confidence = f64::from(rule.precision) * verdict_confidence(numbers, position, article_score);
    Some(Stance {
        quotation,
        target: target.entity,
        mention: target.mention,
        position,
        score: own,
        article_score,
        threshold,
        confidence,
        rule: target.rule.text(),
        evidence,
    })
}

/// The share of such verdicts that are right, of parties that are spoken of.
fn verdict_confidence(numbers: &Numbers, position: Position, article_score: f64) -> f64 {
    if position == Position::Neutral {
        return f64::from(numbers.confidence_neutral);
    }
    f64::from(numbers.confidence_polar) + f64::from(numbers.confidence_score) * article_score.abs()
}

/// How speaker and party meet in the article.
#[derive(Clone, Copy)]
struct Met {
    /// How often.
    count: usize,
    /// Whether the speaker is one who explains.
    observed: bool,
    /// Whether the score is in favour.
    praised: bool,
    /// Of rivals, whether what is said is against the party; of known politicians, whether it is not for it: that others
    /// are rivals is by itself no stance.
    blamed_rival: Option<bool>,
}

/// The least absolute score that is not neutral, by what tends to be neutral. Where the quotation's own words say
/// nothing, only a clear view elsewhere counts.
fn threshold(context: &Context<'_>, draft: &Draft, met: Met) -> f64 {
    let lexicon = &context.lexicons.stance;
    let numbers = &lexicon.numbers;
    let party = &context.entities.list[draft.target.entity];
    let state = party.kind == PartyKind::Group || context.is_state(draft.target.entity);
    let conditions = [
        (true, numbers.threshold),
        (met.observed, numbers.threshold_observer),
        (met.blamed_rival == Some(true), numbers.threshold_rival),
        (met.praised, numbers.threshold_praise),
        (draft.later, numbers.threshold_later),
        (state, numbers.threshold_state),
        (met.count == 1, numbers.threshold_once),
        (draft.parties > 1, numbers.threshold_several),
        (draft.parties >= MANY, numbers.threshold_many),
        (!draft.target.inside, numbers.threshold_outside),
    ];
    let sum: f32 = conditions.iter().filter(|(holds, _)| *holds).map(|(_, amount)| *amount).sum();
    let far = draft.target.rule == RuleName::Turn;
    let carried = if far { numbers.carried_far } else { numbers.carried };
    let silent = draft.own.abs() < f64::from(numbers.least_own);
    let least = match () {
        () if !met.praised && met.blamed_rival == Some(false) => sum.max(numbers.carried_rivals),
        () if silent => sum.max(carried),
        () => sum,
    };
    shown(f64::from(least.max(numbers.threshold).min(numbers.clear)))
}

/// So many parties are a list, of whom a quotation seldom evaluates each.
const MANY: usize = 4;
