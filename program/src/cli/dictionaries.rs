//! Loading of the dictionaries and synonyms that the arguments name.

use gijiroku::analysis::{AnalysisError, Dictionaries, SynonymError, Synonyms};

use super::arguments::{DictionaryArguments, SynonymArguments};

impl DictionaryArguments {
    /// Whether no dictionary is named.
    pub(super) fn is_empty(&self) -> bool {
        self.user_dictionary.is_none() && self.dictionary.is_none()
    }

    pub(super) fn load(&self) -> Result<Dictionaries, AnalysisError> {
        let mut dictionaries = Dictionaries::built_in();
        if let Some(folder) = &self.dictionary {
            dictionaries = dictionaries.with_folder(folder)?;
        }
        if let Some(file) = &self.user_dictionary {
            dictionaries = dictionaries.with_user_file(file)?;
        }
        Ok(dictionaries)
    }
}

impl SynonymArguments {
    pub(super) fn load(&self) -> Result<Synonyms, SynonymError> {
        if self.no_synonyms {
            return Ok(Synonyms::none());
        }
        let mut synonyms = Synonyms::built_in();
        for file in &self.synonyms {
            synonyms.add_file(file)?;
        }
        for file in &self.related {
            synonyms.add_related_file(file)?;
        }
        Ok(synonyms)
    }
}
