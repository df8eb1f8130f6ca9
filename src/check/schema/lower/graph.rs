//! How schemas about one value lead to each other: how deep, and on how many ways.

/// The most ways through the schemas about one value.
const MOST_WAYS: u64 = 20_000;

/// The most steps of the search for them.
const MOST_STEPS: u64 = 1_000_000;

/// A reference from one definition to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// The position of the definition it leads to.
    pub(super) to: usize,
    /// How many schemas are open there.
    pub(super) level: u64,
    /// Whether it is about the value that the definition itself is about, not about one inside of it.
    pub(super) is_own_value: bool,
}

/// The most schemas that are open at once behind any reference, those in front of it counted; `None` where there are too
/// many ways.
pub(super) fn reach(edges: &[Vec<Edge>]) -> Option<u64> {
    let own = edges.iter().map(|edges| edges.iter().filter(|edge| edge.is_own_value).copied().collect()).collect();
    let mut walk = Walk { own, known: vec![None; edges.len()], is_open: vec![false; edges.len()], steps: 0 };
    // Nothing need refer to the first one, where it all starts.
    let mut deepest = walk.from(0)?.depth;
    for edge in edges.iter().flatten() {
        let behind = match walk.known.get(edge.to).copied().flatten() {
            Some(known) => known.depth,
            None => walk.from(edge.to)?.depth,
        };
        deepest = deepest.max(edge.level + behind);
    }
    Some(deepest)
}

#[derive(Clone, Copy)]
struct Reach {
    depth: u64,
    ways: u64,
}

struct Walk {
    /// The references about the value that the definition itself is about.
    own: Vec<Vec<Edge>>,
    /// What is known of a definition. One on a circle depends on the way to it and is asked each time.
    known: Vec<Option<Reach>>,
    is_open: Vec<bool>,
    steps: u64,
}

/// One definition on the way, and how far it has been looked at.
struct Stop {
    at: usize,
    next: usize,
    reach: Reach,
    is_on_circle: bool,
}

impl Stop {
    /// Takes in what lies behind the next reference.
    fn pass(&mut self, edge: Edge, behind: Reach) {
        self.reach.depth = self.reach.depth.max(edge.level + behind.depth);
        self.reach.ways = self.reach.ways.saturating_add(behind.ways);
        self.next += 1;
    }
}

impl Walk {
    fn edge(&self, at: usize, position: usize) -> Option<Edge> {
        self.own.get(at)?.get(position).copied()
    }

    /// Without recursion: chains of references may be long.
    fn from(&mut self, start: usize) -> Option<Reach> {
        let mut stops = vec![self.stop(start)];
        loop {
            self.steps += 1;
            let top = stops.last_mut()?;
            if top.reach.ways > MOST_WAYS || self.steps > MOST_STEPS {
                return None;
            }
            let Some(edge) = self.edge(top.at, top.next) else {
                let done = stops.pop()?;
                self.close(&done);
                let Some(outer) = stops.last_mut() else { return Some(done.reach) };
                let edge = self.edge(outer.at, outer.next)?;
                outer.is_on_circle |= done.is_on_circle;
                outer.pass(edge, done.reach);
                continue;
            };
            if self.is_open.get(edge.to).copied().unwrap_or(true) {
                top.is_on_circle = true;
                top.next += 1;
            } else if let Some(known) = self.known.get(edge.to).copied().flatten() {
                top.pass(edge, known);
            } else {
                let stop = self.stop(edge.to);
                stops.push(stop);
            }
        }
    }

    fn stop(&mut self, at: usize) -> Stop {
        if let Some(open) = self.is_open.get_mut(at) {
            *open = true;
        }
        Stop { at, next: 0, reach: Reach { depth: 1, ways: 1 }, is_on_circle: false }
    }

    fn close(&mut self, stop: &Stop) {
        if let Some(open) = self.is_open.get_mut(stop.at) {
            *open = false;
        }
        if !stop.is_on_circle
            && let Some(known) = self.known.get_mut(stop.at)
        {
            *known = Some(stop.reach);
        }
    }
}
