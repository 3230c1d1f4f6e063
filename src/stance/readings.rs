//! What is read of many quotations: the nodes of all, then what the words of all say.

use std::ops::Range;

use super::Context;
use super::binding::{self, Contribution, Reported};
use super::reading::Reader;
use super::unit::Unit;
use crate::entities::EntityId;

/// A unit and what its words say. Kept and refilled, so that nothing is allocated a quotation.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The nodes.
    pub unit: Unit,
    /// What they say.
    pub found: Vec<Contribution>,
}

/// What is to be read.
#[derive(Clone, Debug)]
pub struct Task {
    /// Who speaks.
    pub speaker: Option<EntityId>,
    /// The mention that the quotation rests on, whoever that is.
    pub source: Option<usize>,
    /// With whom the speaker talks.
    pub interlocutor: Option<EntityId>,
    /// The tokens.
    pub range: Range<usize>,
    /// The first mention that opens among them or later.
    pub first: usize,
    /// Those of the quotation.
    pub inside: Range<usize>,
    /// Which of the reporter's words count.
    pub reported: Reported,
}

/// The readings of some quotations of an article.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// As many as there were tasks at most.
    all: Vec<Reading>,
    tasks: Vec<Task>,
    /// Of so many tasks the nodes are read.
    read: usize,
    /// Of so many they are bound.
    bound: usize,
    /// Of what nothing is read.
    none: Reading,
}

/// Nodes of a unit for which room is kept from article to article.
const MOST_KEPT: usize = 1 << 10;

impl Readings {
    /// Forgets them; the room that a very long one took is given back.
    pub fn clear(&mut self) {
        self.tasks.clear();
        (self.read, self.bound) = (0, 0);
        self.all.retain(|reading| reading.unit.nodes.capacity() <= MOST_KEPT);
    }

    /// Notes what is to be read; gives its number.
    pub fn add(&mut self, task: Task) -> usize {
        self.tasks.push(task);
        self.tasks.len() - 1
    }

    /// Reads the nodes of what was added since the last time.
    pub fn read(&mut self, context: &Context<'_>) {
        let Context { text, scan, entities, lexicons, .. } = *context;
        if self.all.len() < self.tasks.len() {
            self.all.resize_with(self.tasks.len(), Reading::default);
        }
        for (task, reading) in self.tasks.iter().zip(&mut self.all).skip(self.read) {
            let Task { speaker, source, interlocutor, .. } = *task;
            let bodies = context.camp_bodies();
            let camps = speaker.filter(|_| !bodies.is_empty()).map_or(0, |speaker| context.camps(speaker));
            let reader = Reader { text, scan, entities, lexicons, speaker, source, interlocutor, bodies, camps };
            reading.unit.read(&reader, task.range.clone(), task.first, &task.inside);
        }
        self.read = self.tasks.len();
    }

    /// Binds the words of what was read since the last time.
    pub fn bind(&mut self, context: &Context<'_>) {
        for (task, Reading { unit, found }) in self.tasks.iter().zip(&mut self.all).skip(self.bound) {
            binding::bind(unit, context.scan, &context.lexicons.stance, task.reported, found);
        }
        self.bound = self.tasks.len();
    }

    /// Both.
    pub fn read_and_bind(&mut self, context: &Context<'_>) {
        self.read(context);
        self.bind(context);
    }

    /// The reading of a number, an empty one of none.
    #[must_use]
    pub fn get(&self, number: Option<usize>) -> &Reading {
        number.map_or(&self.none, |number| &self.all[number])
    }
}
