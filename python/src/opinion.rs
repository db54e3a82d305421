//! Opinions, and hits, which are opinions that a search has found.

use std::sync::Arc;

use gijiroku::search::Citation;
use gijiroku::{IndexedOpinion, Searcher};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::errors::of_index;
use crate::{html, table};

/// An opinion of an index, with what is needed to show and cite it.
///
/// >>> import gijiroku
/// >>> opinion = gijiroku.open("index").opinion("20171213-区中央部-6")
/// >>> opinion.region, opinion.date
/// ('区中央部', datetime.date(2017, 12, 13))
#[pyclass(frozen, subclass, module = "gijiroku", name = "Opinion")]
#[derive(Debug)]
pub(crate) struct Opinion {
    /// An opinion that nobody has searched for is a hit without highlights.
    hit: Box<gijiroku::Hit>,
    /// In which state of the index the opinion is.
    searcher: Arc<Searcher>,
}

impl Opinion {
    pub(crate) fn new(opinion: IndexedOpinion, searcher: &Arc<Searcher>) -> Self {
        Self::of_hit(gijiroku::Hit::new(opinion, Vec::new()), searcher)
    }

    fn of_hit(hit: gijiroku::Hit, searcher: &Arc<Searcher>) -> Self {
        Self { hit: Box::new(hit), searcher: Arc::clone(searcher) }
    }

    fn opinion(&self) -> &IndexedOpinion {
        &self.hit.opinion
    }

    /// The beginning of the text, as `repr` shows it.
    fn beginning(&self) -> String {
        const LENGTH: usize = 30;
        let text = &self.opinion().text;
        let beginning: String = text.chars().take(LENGTH).collect();
        if beginning.len() < text.len() { beginning + "…" } else { beginning }
    }
}

#[pymethods]
impl Opinion {
    /// The identifier by which the opinion is cited, such as ``20171213-区中央部-6``.
    #[getter]
    fn id(&self) -> &str {
        &self.opinion().id
    }

    /// What was said.
    #[getter]
    fn text(&self) -> &str {
        &self.opinion().text
    }

    /// The title of the meeting.
    #[getter]
    fn meeting(&self) -> &str {
        &self.opinion().meeting
    }

    /// The identifier of the meeting.
    #[getter]
    fn meeting_id(&self) -> &str {
        &self.opinion().meeting_id
    }

    /// The number of the opinion within its meeting, from 1.
    #[getter]
    fn number(&self) -> u64 {
        self.opinion().number
    }

    /// The day of the meeting.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.opinion().date.as_deref().map(|date| table::date(py, date)).transpose()
    }

    /// The region that the meeting is about (圏域).
    #[getter]
    fn region(&self) -> Option<&str> {
        self.opinion().region.as_deref()
    }

    /// The section or the item of the agenda (節・議題).
    #[getter]
    fn section(&self) -> Option<&str> {
        self.opinion().section.as_deref()
    }

    /// The assembly or the committee that met (会議体).
    #[getter]
    fn body(&self) -> Option<&str> {
        self.opinion().body.as_deref()
    }

    /// The name of the speaker.
    #[getter]
    fn speaker(&self) -> Option<&str> {
        self.opinion().speaker.as_deref()
    }

    /// The name as printed, where the minutes have another one for the speaker elsewhere.
    #[getter]
    fn speaker_as_printed(&self) -> Option<&str> {
        self.opinion().speaker_as_printed.as_deref()
    }

    /// The office of the speaker, such as 委員長.
    #[getter]
    fn role(&self) -> Option<&str> {
        self.opinion().role.as_deref()
    }

    /// The party or the parliamentary group of the speaker (会派).
    #[getter]
    fn party(&self) -> Option<&str> {
        self.opinion().party.as_deref()
    }

    /// The address of the web page that publishes the opinion.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.opinion().url.as_deref()
    }

    /// The file that the opinion was read from; ``None`` for a row of a program.
    #[getter]
    fn file(&self) -> Option<&str> {
        Some(self.opinion().source.file.as_str()).filter(|file| !file.is_empty())
    }

    /// The line of the file, from 1.
    #[getter]
    fn line(&self) -> Option<u32> {
        self.file().map(|_| self.opinion().source.line)
    }

    /// The page of the file on which the opinion begins, from 1, if the file has pages.
    #[getter]
    fn page(&self) -> Option<u32> {
        self.opinion().page.as_ref().map(|page| page.number)
    }

    /// The extra fields, under the names that the record has.
    #[getter]
    fn extra<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.opinion().extra)?)
    }

    /// Return a citation: a line of ``"text"``, the text in quotation marks with the line behind it (``"quote"``), an entry for
    /// LaTeX (``"bibtex"``), or a dict of CSL-JSON for Zotero and pandoc (``"csl"``).
    ///
    /// >>> import gijiroku
    /// >>> hit = gijiroku.open("index").search("看取り", region="区西部")[0]
    /// >>> hit.cite()
    /// '「在宅療養ワーキングの開催について(区西部)」平成30年1月12日、【地域と病院の連携について】（tokyo-zaitaku-working.txt:244）'
    #[pyo3(signature = (style = "text"))]
    fn cite<'py>(&self, py: Python<'py>, style: &str) -> PyResult<Bound<'py, PyAny>> {
        // A citation is for others, who have no use for a path of this machine.
        let index = self.searcher.index().clone().with_relative_sources();
        let told = py.detach(|| index.opinion(&self.opinion().id)).map_err(of_index)?;
        let citation = Citation::new(told.as_ref().unwrap_or(self.opinion()));
        let text = match style {
            "text" => citation.to_string(),
            "quote" => citation.quoted(),
            "bibtex" => citation.bibtex(),
            "csl" => return Ok(pythonize(py, &citation.csl())?),
            other => {
                return Err(PyValueError::new_err(format!(
                    "style is \"text\", \"quote\", \"bibtex\" or \"csl\", and not {other:?}"
                )));
            }
        };
        Ok(text.into_pyobject(py)?.into_any())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let this = slf.get();
        Ok(format!("<{} {} {}>", slf.get_type().name()?, this.id(), this.beginning()))
    }
}

/// An opinion that a search has found.
///
/// >>> import gijiroku
/// >>> hit = gijiroku.open("index").search("訪問看護", region="世田谷区")[0]
/// >>> [hit.text[start:end] for start, end in hit.highlights]
/// ['訪問看護']
#[pyclass(frozen, extends = Opinion, module = "gijiroku", name = "Hit")]
#[derive(Debug)]
pub(crate) struct Hit;

impl Hit {
    pub(crate) fn new(py: Python<'_>, hit: gijiroku::Hit, searcher: &Arc<Searcher>) -> PyResult<Py<Self>> {
        Py::new(py, PyClassInitializer::from(Opinion::of_hit(hit, searcher)).add_subclass(Self))
    }
}

/// Returns the hit of the library.
pub(crate) fn hit<'a>(slf: &'a Bound<'_, Hit>) -> &'a gijiroku::Hit {
    &slf.as_super().get().hit
}

#[pymethods]
impl Hit {
    /// The rank among all matches, from 1.
    #[getter]
    fn rank(slf: &Bound<'_, Self>) -> usize {
        hit(slf).rank
    }

    /// 1 for an opinion with all words of the query, 2 for one with only some of them.
    #[getter]
    fn tier(slf: &Bound<'_, Self>) -> u8 {
        hit(slf).tier.number()
    }

    /// The score, which is comparable only within one tier of one search.
    #[getter]
    fn score(slf: &Bound<'_, Self>) -> f32 {
        hit(slf).score
    }

    /// The parts of the text that match, as pairs of start and end: ``hit.text[start:end]``.
    #[getter]
    fn highlights(slf: &Bound<'_, Self>) -> Vec<(usize, usize)> {
        hit(slf).highlights.iter().map(|range| (range.start, range.end)).collect()
    }

    /// The value of its group, if hits are grouped.
    #[getter]
    fn group(slf: &Bound<'_, Self>) -> Option<String> {
        hit(slf).group.clone()
    }

    /// The number of other opinions that say nearly the same, if hits are collapsed.
    #[getter]
    fn alike(slf: &Bound<'_, Self>) -> usize {
        hit(slf).alike
    }

    /// The opinions before it in its meeting, if ``neighbours`` were asked for.
    #[getter]
    fn before(slf: &Bound<'_, Self>) -> Vec<Opinion> {
        Self::opinions(slf, &hit(slf).before)
    }

    /// The opinions after it in its meeting, if ``neighbours`` were asked for.
    #[getter]
    fn after(slf: &Bound<'_, Self>) -> Vec<Opinion> {
        Self::opinions(slf, &hit(slf).after)
    }

    /// The explanation of the score, if it was asked for.
    #[getter]
    fn explanation<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(slf.py(), &hit(slf).explanation)?)
    }

    /// Return the part of the text to show, in at most this number of characters and the … where it is cut: that with the most
    /// highlights, from one end of a sentence or a clause to another where they are near.
    ///
    /// >>> import gijiroku
    /// >>> hit = gijiroku.open("index").search("訪問看護", region="世田谷区")[0]
    /// >>> "訪問看護" in hit.snippet(20)
    /// True
    #[pyo3(signature = (characters = 120))]
    fn snippet(slf: &Bound<'_, Self>, characters: usize) -> String {
        let snippet = hit(slf).snippet(characters);
        html::cut(&snippet, &snippet.text)
    }

    /// Return the text as HTML with each match in an element; its snippet, if a number of characters is given.
    ///
    /// >>> import gijiroku
    /// >>> hit = gijiroku.open("index").search("訪問看護", region="世田谷区")[0]
    /// >>> "<b>訪問看護</b>" in hit.html(element="b")
    /// True
    #[pyo3(signature = (characters = None, *, element = "mark"))]
    fn html(slf: &Bound<'_, Self>, characters: Option<usize>, element: &str) -> PyResult<String> {
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
        if element.is_empty() || !element.chars().all(is_name) {
            return Err(PyValueError::new_err(format!(
                "element is a name such as \"mark\", and not {element:?}"
            )));
        }
        Ok(html::marked(hit(slf), characters, element))
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> String {
        format!("<p>{}</p>", html::marked(hit(slf), None, "mark"))
    }
}

impl Hit {
    fn opinions(slf: &Bound<'_, Self>, opinions: &[IndexedOpinion]) -> Vec<Opinion> {
        let searcher = &slf.as_super().get().searcher;
        opinions.iter().map(|opinion| Opinion::new(opinion.clone(), searcher)).collect()
    }
}

/// Returns the identifier of an opinion that is given as such or by its identifier.
pub(crate) fn id_of(given: &Bound<'_, PyAny>) -> PyResult<String> {
    match given.cast::<Opinion>() {
        Ok(opinion) => Ok(opinion.get().id().to_owned()),
        Err(_) => given.extract(),
    }
}
