//! Search by meaning: opinions whose passages are near to a query.

use std::collections::{HashMap, HashSet};

use super::plan::Prepared;
use super::rank::{CANDIDATES, Match, of_second, sort};
use super::{SearchRequest, Tier};
use crate::index::{Engine, EngineResult, Index, IndexError, OpinionKey};
use crate::language::{Text, text};
use crate::meaning::{Model, ModelError, Vectors, additions};
use crate::query::Plan;

/// Maximum number of opinions that are found by their meaning alone.
const NEAREST: usize = 50;

/// A model, and the vectors of an index that it made.
pub(crate) struct Meaning {
    model: Model,
    vectors: Vectors,
    /// The keys of the opinions, in the order of the vectors; `None` for one that the index does not have.
    opinions: Vec<Option<OpinionKey>>,
}

impl Meaning {
    pub(crate) fn new(model: Model, index: &Index) -> Result<Self, IndexError> {
        let other = |has: Text| ModelError::OtherModel { has, model: model.identity().name.clone() };
        let Some(vectors) = index.vectors()? else {
            return Err(other(Text::new("索引にベクトルがありません", "no vectors")).into());
        };
        if vectors.model() != model.identity() {
            return Err(other(text!(
                "索引のベクトルは {} のものです",
                "the vectors of {}";
                vectors.model().name
            ))
            .into());
        }
        let opinions = index.read(|| keys(&vectors, index.engine()))?;
        Ok(Self { model, vectors, opinions })
    }

    /// Adds to the scores of matches what their meaning is worth, puts them in their new order, and, where `adds` is set,
    /// adds opinions to the second tier that are near and have no word of the query. Returns the number of those.
    pub(super) fn rank(
        &self,
        matches: &mut Vec<Match>,
        prepared: &Prepared<'_>,
        request: &SearchRequest,
        plan: &Plan,
        adds: bool,
    ) -> EngineResult<usize> {
        let text = request.query.text();
        let cosines = self.vectors.cosines(&self.model.of_query(&text)?);
        let of_opinion: HashMap<OpinionKey, f32> = self
            .opinions
            .iter()
            .zip(cosines)
            .filter_map(|(opinion, cosine)| Some(((*opinion)?, cosine?)))
            .collect();
        let added = if adds { self.nearest(&of_opinion, matches, prepared, plan)? } else { Vec::new() };
        let near = added.len();
        let ranking = &plan.expanded.ranking;
        // The candidates were ranked by all that their words say; the others stay below them.
        let first = match ranking.mixes_tiers() {
            true => matches.len(),
            false => matches.partition_point(|matched| matched.tier == Tier::First),
        };
        let mut others = matches.split_off(first);
        let mut more_of_second = others.split_off(others.len().min(of_second(first.min(CANDIDATES))));
        let more_of_first = matches.split_off(first.min(CANDIDATES));
        let mut candidates = std::mem::take(matches);
        candidates.append(&mut others);
        candidates.extend(added);
        let measured: Vec<(f32, Option<f32>)> = candidates
            .iter()
            .map(|matched| (matched.score(), of_opinion.get(&matched.opinion).copied()))
            .collect();
        for (matched, addition) in candidates.iter_mut().zip(additions(&measured)) {
            matched.meaning = addition;
        }
        sort(&mut candidates, ranking);
        let end_of_first = match ranking.mixes_tiers() {
            true => candidates.len(),
            false => candidates.partition_point(|matched| matched.tier == Tier::First),
        };
        let mut second = candidates.split_off(end_of_first);
        *matches = candidates;
        matches.extend(more_of_first);
        matches.append(&mut second);
        matches.append(&mut more_of_second);
        Ok(near)
    }

    /// Returns the nearest opinions that are not among the matches and meet all conditions.
    fn nearest(
        &self,
        cosines: &HashMap<OpinionKey, f32>,
        matches: &[Match],
        prepared: &Prepared<'_>,
        plan: &Plan,
    ) -> EngineResult<Vec<Match>> {
        let matched: HashSet<OpinionKey> = matches.iter().map(|matched| matched.opinion).collect();
        let allowed = prepared.allowed(plan)?.into_iter().filter(|opinion| !matched.contains(opinion));
        let mut near: Vec<(f32, OpinionKey)> =
            allowed.filter_map(|opinion| Some((*cosines.get(&opinion)?, opinion))).collect();
        near.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        near.truncate(NEAREST);
        // Particles and the like, which such an opinion may have, say nothing.
        let of_none = |(_, opinion)| Match { covered: 0.0, ..Match::new(Tier::Second, (0.0, opinion)) };
        Ok(near.into_iter().map(of_none).collect())
    }
}

/// Returns the keys of the opinions of vectors.
fn keys(vectors: &Vectors, engine: &dyn Engine) -> EngineResult<Vec<Option<OpinionKey>>> {
    let all = engine.all()?;
    let of_id: HashMap<String, OpinionKey> = engine.ids(&all)?.into_iter().zip(all).collect();
    Ok(vectors.opinions().iter().map(|opinion| of_id.get(&opinion.id).copied()).collect())
}

#[cfg(test)]
#[cfg(feature = "semantic")]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::meaning::write_tiny_model;
    use crate::{Filter, IndexBuilder, Searcher, Tiers};

    /// Texts of which the last has the characters of 「看取り」 and not the word.
    const OPINIONS: [(&str, &str); 5] = [
        ("東部", "在宅での看取り"),
        ("西部", "病院の連携"),
        ("東部", "薬局の連携"),
        ("西部", "訪問診療と薬局"),
        ("東部", "取り看"),
    ];

    fn write_opinions(file: &Path, opinions: &[(&str, &str)]) {
        let line =
            |(region, text): &(&str, &str)| serde_json::json!({ "region": region, "text": text }).to_string();
        fs::write(file, opinions.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    }

    fn found(searcher: &Searcher, request: SearchRequest) -> Vec<String> {
        searcher.search(&request).unwrap().hits.into_iter().map(|hit| hit.opinion.text).collect()
    }

    #[test]
    fn what_is_near_is_found_below_what_has_the_words_and_conditions_hold() {
        let folder = tempfile::tempdir().unwrap();
        let (file, model) = (folder.path().join("a.jsonl"), folder.path().join("model"));
        write_opinions(&file, &OPINIONS);
        fs::create_dir(&model).unwrap();
        write_tiny_model(&model, "bert");
        let model = Model::open(&model).unwrap();
        let (index, _) = IndexBuilder::new().path(&file).model(model.clone()).build_in_memory().unwrap();
        let searcher = Searcher::new(index).model(model).unwrap();

        let asked = || SearchRequest::new("看取り").explain();
        let results = searcher.search(&asked()).unwrap();
        assert_eq!((results.total, results.partial, results.near, results.hits.len()), (1, 0, 4, 5));
        assert_eq!(
            (results.hits[0].tier, results.hits[0].opinion.text.as_str()),
            (Tier::First, "在宅での看取り")
        );
        assert_eq!((results.hits[1].tier, results.hits[1].opinion.text.as_str()), (Tier::Second, "取り看"));
        for hit in &results.hits {
            let parts = hit.explanation.as_ref().unwrap();
            let terms: f32 = parts.terms.iter().map(|term| term.score).sum();
            let sum = terms + parts.together + parts.headings + parts.related + parts.meaning;
            assert!((sum - hit.score).abs() < 1e-3, "{hit:?}");
        }

        assert_eq!(found(&searcher, asked().without_meaning()), ["在宅での看取り"]);
        assert_eq!(found(&searcher, asked().exact()), ["在宅での看取り"]);
        assert_eq!(found(&searcher, asked().tiers(Tiers::First)), ["在宅での看取り"]);
        assert_eq!(found(&searcher, asked().limit(1).offset(1)), ["取り看"]);
        for (request, expected) in [
            (asked().region("西部"), 2),
            (asked().exclude(Filter::region("東部")), 2),
            (SearchRequest::new("看取り -連携"), 3),
            (SearchRequest::new("看取り \"在宅\""), 1),
            (SearchRequest::new("看取り region:東部"), 3),
            // Nothing has a word of it.
            (SearchRequest::new("最期"), 5),
        ] {
            assert_eq!(found(&searcher, request.clone()).len(), expected, "{request:?}");
        }
        assert_eq!(searcher.count(&asked()).unwrap(), 1);
    }

    #[test]
    fn vectors_are_stored_with_the_index_and_follow_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (minutes, index) = (path("minutes"), path("index"));
        let models = ["bert", "modernbert"].map(|architecture| {
            fs::create_dir(path(architecture)).unwrap();
            write_tiny_model(&path(architecture), architecture);
            Model::open(path(architecture)).unwrap()
        });
        fs::create_dir(&minutes).unwrap();
        write_opinions(&minutes.join("a.jsonl"), &OPINIONS[..3]);
        let builder = IndexBuilder::new().path(&minutes);
        let search = |model: &Model| -> Result<usize, String> {
            let searcher = Searcher::new(Index::open(&index).unwrap()).model(model.clone());
            searcher
                .map(|searcher| found(&searcher, SearchRequest::new("最期")).len())
                .map_err(|error| error.to_string())
        };
        let files = || -> Vec<String> {
            let names =
                fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.ends_with(".vectors")).collect()
        };

        builder.build(&index).unwrap();
        assert!(search(&models[0]).unwrap_err().contains("the index has no vectors"));
        // The vectors of an index that is there are made without reading its sources again.
        let with_model = builder.clone().model(models[0].clone());
        let (_, report) = with_model.build(&index).unwrap();
        assert_eq!((report.unchanged, search(&models[0])), (1, Ok(3)));
        let told = search(&models[1]).unwrap_err();
        assert_eq!(
            told,
            "the index has the vectors of tiny-bert; build it again with the model tiny-modernbert"
        );
        let first = files();
        assert_eq!(first.len(), 1);
        with_model.build(&index).unwrap();
        assert_eq!(files(), first, "nothing has changed");

        // What is new has no vectors where there was no model, and what is gone has none.
        write_opinions(&minutes.join("b.jsonl"), &OPINIONS[3..]);
        builder.build(&index).unwrap();
        assert_eq!(search(&models[0]), Ok(3));
        with_model.build(&index).unwrap();
        assert_eq!(search(&models[0]), Ok(5));
        fs::remove_file(minutes.join("a.jsonl")).unwrap();
        builder.build(&index).unwrap();
        assert_eq!((search(&models[0]), files().len()), (Ok(2), 1));
        builder.clone().model(models[1].clone()).build(&index).unwrap();
        assert_eq!(search(&models[1]), Ok(2));
        assert!(Index::check(&index).unwrap().is_sound());

        // The file is one of the index, and what happened to it is told.
        let file = index.join(&files()[0]);
        let mut content = fs::read(&file).unwrap();
        *content.last_mut().unwrap() ^= 1;
        fs::write(&file, &content).unwrap();
        assert!(matches!(Index::open(&index), Err(IndexError::Damaged { .. })));
        builder.clone().model(models[1].clone()).build(&index).unwrap();
        assert_eq!(search(&models[1]), Ok(2));
    }
}
