//! Which elements of a page are its content, and which are what a site puts around all its pages.
//!
//! Most offices mark neither, so that names, links and sentences must tell. To lose minutes is worse than to keep a menu: only
//! what is surely around them is left out, and what is named like a menu is none if it has much of the text.

use std::ops::{Add, AddAssign, Range};

use ego_tree::iter::Edge;
use scraper::{Html, Node};

use super::names::{Role, Roles, Sureness, heading_level, is_block, leads_away, leads_to_file};

/// The number of bytes outside of links below which a page has no text that could tell where its content is.
const LEAST_TEXT: usize = 120;

/// The number of headings of the first level that are looked at. Few pages have more than one.
const MOST_HEADS: usize = 8;

/// How much text there is, in bytes without the white space around it, and what else is among it.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    /// Text outside of links.
    text: usize,
    /// Text of links to other pages.
    linked: usize,
    links: usize,
    /// Links to files, such as PDFs.
    files: usize,
    /// Texts outside of links that end with a full stop.
    sentences: usize,
    /// Fields to fill in, and links that do something.
    fields: usize,
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            text: self.text + other.text,
            linked: self.linked + other.linked,
            links: self.links + other.links,
            files: self.files + other.files,
            sentences: self.sentences + other.sentences,
            fields: self.fields + other.fields,
        }
    }
}

impl Amount {
    /// Whether a third of the text is links to other pages.
    fn is_linked(self) -> bool {
        self.links > 0 && self.linked * 2 >= self.text
    }

    /// Whether most of the text is links to other pages. Links to files may be the materials of the meeting.
    fn is_menu(self) -> bool {
        self.links > 0 && self.linked >= self.text && self.files * 2 < self.links
    }
}

/// An element.
struct Part {
    role: Role,
    is_block: bool,
    /// The number of the first element after it and those in it.
    end: usize,
    /// What is in it, and in the elements in it that are not left out.
    amount: Amount,
}

/// A heading of the first level.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The number of the element.
    pub(super) number: usize,
    pub(super) text: String,
    /// Whether it is a link to another page, as the name of a site is.
    pub(super) is_link: bool,
}

/// The elements of a page by their numbers, which count them in their order, from 0.
#[derive(Default)]
pub(super) struct Outline {
    parts: Vec<Part>,
    left_out: Vec<bool>,
    /// The elements outside of which nothing is content; `None` where the page does not say.
    main: Option<Vec<Range<usize>>>,
    pub(super) heads: Vec<Head>,
}

impl Outline {
    /// Looks at a page. `says_something` tells whether a heading may be the title of minutes.
    pub(super) fn of(page: &Html, says_something: impl Fn(&str) -> bool) -> Self {
        let mut outline = Self::measured(page);
        outline.left_out = outline.parts.iter().map(|part| part.role == Role::Excluded).collect();
        if outline.parts.is_empty() {
            return outline;
        }
        outline.leave_out_frames(says_something);
        outline.add_up();
        outline.find_main();
        if outline.main.is_none() {
            outline.leave_out_menus();
        }
        outline
    }

    /// Whether an element is left out, and all in it.
    pub(super) fn is_left_out(&self, number: usize) -> bool {
        self.left_out.get(number).copied().unwrap_or_default()
    }

    /// Whether the text directly in an element is content, if the element itself is not left out.
    pub(super) fn is_content(&self, number: usize) -> bool {
        self.main.as_ref().is_none_or(|main| {
            let before = main.partition_point(|part| part.start <= number);
            main[..before].last().is_some_and(|part| part.contains(&number))
        })
    }

    /// Measures the elements, each without those in it.
    fn measured(page: &Html) -> Self {
        let mut outline = Self::default();
        let mut roles = Roles::default();
        let mut open: Vec<usize> = Vec::new();
        let (mut excluded, mut articles) = (0_usize, 0_usize);
        // The link and the heading that are open.
        let (mut link, mut head) = (None, None::<Head>);
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        let number = outline.parts.len();
                        let name = element.name();
                        let role = roles.of(element, articles > 0);
                        let mut amount = Amount::default();
                        excluded += usize::from(role == Role::Excluded);
                        articles += usize::from(is_article(name, role));
                        if leads_away(element) {
                            link = Some(number);
                            amount.links = 1;
                            amount.files = usize::from(leads_to_file(element));
                        }
                        let is_field = matches!(name, "input" | "select" | "textarea" | "button");
                        amount.fields = usize::from(is_field || element.attr("href") == Some("#"));
                        let is_head = heading_level(name) == Some(1) && outline.heads.len() < MOST_HEADS;
                        if is_head && excluded == 0 {
                            head = Some(Head { number, is_link: link.is_some(), ..Head::default() });
                        }
                        if let Some(head) = head.as_mut().filter(|_| name == "br") {
                            head.text.push(' ');
                        }
                        let is_block = is_block(name);
                        outline.parts.push(Part { role, is_block, end: number + 1, amount });
                        open.push(number);
                    }
                    Node::Text(text) if excluded == 0 => {
                        if let Some(part) = open.last().and_then(|&number| outline.parts.get_mut(number)) {
                            part.amount.count(text, link.is_some());
                        }
                        if let Some(head) = &mut head {
                            head.text.push_str(text);
                            head.is_link |= link.is_some() && !text.trim().is_empty();
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value()
                        && let Some(number) = open.pop()
                    {
                        let end = outline.parts.len();
                        let part = &mut outline.parts[number];
                        part.end = end;
                        excluded -= usize::from(part.role == Role::Excluded);
                        articles -= usize::from(is_article(element.name(), part.role));
                        link = link.filter(|&link| link != number);
                        if head.as_ref().is_some_and(|head| head.number == number) {
                            outline.heads.extend(head.take());
                        }
                    }
                }
            }
        }
        outline
    }

    /// Leaves out what is named as a frame of the page and has little of its text.
    fn leave_out_frames(&mut self, says_something: impl Fn(&str) -> bool) {
        let sums = self.sums();
        let amount = |part: &Part, number: usize| sums.within(number..part.end);
        let total = sums.within(0..self.parts.len());
        let is_frame = |number: usize, part: &Part| {
            let Role::Frame(sureness) = part.role else { return false };
            let amount = amount(part, number);
            let is_proved = match sureness {
                Sureness::Likely { .. } => amount.is_linked() || amount.fields > 0,
                Sureness::Sure | Sureness::Tag { .. } => true,
            };
            let most = if sureness == Sureness::Sure { total.text * 3 / 4 } else { total.text / 2 };
            is_proved && amount.text <= most && amount.sentences <= (total.sentences / 10).max(3)
        };
        let mut frames: Vec<bool> =
            self.parts.iter().enumerate().map(|(number, part)| is_frame(number, part)).collect();
        // A header that has the only title of the page is not that of a site.
        let titles = self.heads.iter().filter(|head| !head.is_link && says_something(&head.text));
        let titles: Vec<usize> = titles.map(|head| head.number).collect();
        let in_frame =
            |number: usize| (0..=number).rev().any(|outer| frames[outer] && self.parts[outer].end > number);
        if !titles.is_empty() && titles.iter().all(|&title| in_frame(title)) {
            for (number, part) in self.parts.iter().enumerate() {
                let is_header = matches!(part.role, Role::Frame(sureness) if sureness.is_header());
                frames[number] &=
                    !(is_header && titles.iter().any(|title| (number..part.end).contains(title)));
            }
        }
        let outermost = |frames: &[bool]| {
            let mut found = Vec::new();
            let mut number = 0;
            while let Some(part) = self.parts.get(number) {
                if frames[number] {
                    found.push(number);
                    number = part.end;
                } else {
                    number += 1;
                }
            }
            found
        };
        let found = outermost(&frames);
        let framed: usize = found.iter().map(|&number| amount(&self.parts[number], number).text).sum();
        let rest = total.text.saturating_sub(framed);
        for (number, frame) in frames.iter_mut().enumerate() {
            let part = &self.parts[number];
            let most = if part.role == Role::Frame(Sureness::Sure) { rest * 3 } else { rest };
            *frame &= amount(part, number).text <= most;
        }
        for number in outermost(&frames) {
            self.left_out[number] = true;
        }
    }

    /// Adds up what is in each element that is not left out.
    fn add_up(&mut self) {
        let mut number = 0;
        while let Some(part) = self.parts.get(number) {
            let end = part.end;
            if self.left_out[number] {
                for part in &mut self.parts[number..end] {
                    part.amount = Amount::default();
                }
                number = end;
            } else {
                number += 1;
            }
        }
        let sums = self.sums();
        for (number, part) in self.parts.iter_mut().enumerate() {
            part.amount = sums.within(number..part.end);
        }
    }

    /// Takes what the page says is its main part, unless most of the text is elsewhere.
    fn find_main(&mut self) {
        let mut main: Vec<Range<usize>> = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let is_outer = main.last().is_none_or(|last| last.end <= number);
            if part.role == Role::Main && is_outer && !self.left_out[number] {
                main.push(number..part.end);
            }
        }
        let within = main.iter().fold(Amount::default(), |sum, part| sum + self.parts[part.start].amount);
        let total = self.parts[0].amount;
        let has_most =
            within.text * 2 >= total.text || (within.text + within.linked) * 2 >= total.text + total.linked;
        self.main = (has_most && within.text + within.linked > 0).then_some(main);
    }

    /// Leaves out the menus beside the element that has nearly all of the text, and those before its title.
    fn leave_out_menus(&mut self) {
        let total = self.parts[0].amount;
        if total.text < LEAST_TEXT || total.linked > total.text * 4 {
            return;
        }
        let core = self.core();
        let title = self.heads.iter().map(|head| head.number).find(|head| core.contains(head));
        let mut number = 0;
        while let Some(part) = self.parts.get(number) {
            let is_in_core = core.contains(&number);
            if is_in_core && title.is_none_or(|title| number > title) {
                number = core.end;
                continue;
            }
            let holds_core = number < core.start && part.end >= core.end;
            let holds_title = title.is_some_and(|title| (number..part.end).contains(&title));
            let is_menu = part.is_block && part.amount.is_menu() && (!is_in_core || part.amount.links > 2);
            if is_menu && !holds_core && !holds_title {
                self.left_out[number] = true;
            }
            number = if self.left_out[number] { part.end } else { number + 1 };
        }
    }

    /// The innermost element that has nine tenths of the text outside of links.
    fn core(&self) -> Range<usize> {
        let least = self.parts[0].amount.text * 9 / 10;
        let mut core = 0;
        loop {
            let end = self.parts[core].end;
            let mut inner = core + 1;
            while inner < end && (self.parts[inner].amount.text < least || self.left_out[inner]) {
                inner = self.parts[inner].end;
            }
            if inner >= end {
                return core..end;
            }
            core = inner;
        }
    }

    fn sums(&self) -> Sums {
        let mut sums = vec![Amount::default()];
        let mut sum = Amount::default();
        for part in &self.parts {
            sum += part.amount;
            sums.push(sum);
        }
        Sums(sums)
    }
}

fn is_article(name: &str, role: Role) -> bool {
    name == "article" || role == Role::Main
}

/// The amounts of all elements before each.
struct Sums(Vec<Amount>);

impl Sums {
    fn within(&self, range: Range<usize>) -> Amount {
        let (before, all) = (self.0[range.start], self.0[range.end]);
        Amount {
            text: all.text - before.text,
            linked: all.linked - before.linked,
            links: all.links - before.links,
            files: all.files - before.files,
            sentences: all.sentences - before.sentences,
            fields: all.fields - before.fields,
        }
    }
}

impl Amount {
    fn count(&mut self, text: &str, is_linked: bool) {
        let text = text.trim();
        if is_linked {
            self.linked += text.len();
        } else {
            self.text += text.len();
            self.sentences += usize::from(text.ends_with('。'));
        }
    }
}
