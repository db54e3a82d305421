//! Opinions and meetings as resources, each by its URI: `gijiroku://opinions/ID` and `gijiroku://meetings/ID`.

use gijiroku::Searcher;
use gijiroku::minutes::who;
use gijiroku::search::{Citation, path_part};
use percent_encoding::percent_decode_str;
use rmcp::model::{ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

use super::Refusal;
use super::answers::Site;

const OPINIONS: &str = "gijiroku://opinions/";
const MEETINGS: &str = "gijiroku://meetings/";

/// Number of meetings in one answer.
const LISTED: usize = 50;

pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{OPINIONS}{{id}}"), "opinion")
            .with_title("意見")
            .with_description("The whole text of an opinion, with its citation and its permalink")
            .with_mime_type("text/plain"),
        ResourceTemplate::new(format!("{MEETINGS}{{id}}"), "meeting")
            .with_title("会議")
            .with_description("All opinions of a meeting, in their order")
            .with_mime_type("text/plain"),
    ]
}

/// Lists meetings, the latest first. The cursor is the number of those that were listed before.
pub(super) fn list(searcher: &Searcher, cursor: Option<&str>) -> Result<ListResourcesResult, Refusal> {
    let no_cursor = || Refusal::Told("the cursor is none that was answered".to_owned());
    let offset: usize = cursor.map_or(Ok(0), str::parse).map_err(|_| no_cursor())?;
    let mut meetings = searcher.index().meetings()?;
    meetings.sort_by(|left, right| right.date.cmp(&left.date).then_with(|| left.id.cmp(&right.id)));
    let end = offset.saturating_add(LISTED);
    let is_more = end < meetings.len();
    let resources = meetings.into_iter().skip(offset).take(LISTED).map(|meeting| {
        let described =
            [meeting.body, meeting.region, meeting.date].into_iter().flatten().collect::<Vec<_>>();
        Resource::new(format!("{MEETINGS}{}", path_part(&meeting.id)), meeting.id.clone())
            .with_title(meeting.title)
            .with_description(described.join(" "))
            .with_mime_type("text/plain")
    });
    let mut listed = ListResourcesResult::with_all_items(resources.collect());
    listed.next_cursor = is_more.then(|| end.to_string());
    Ok(listed)
}

pub(super) fn read(searcher: &Searcher, uri: &str, site: &Site) -> Result<ReadResourceResult, Refusal> {
    let id =
        |prefix: &str| Some(percent_decode_str(uri.strip_prefix(prefix)?).decode_utf8_lossy().into_owned());
    let index = searcher.index();
    let text = if let Some(id) = id(OPINIONS) {
        let opinion = super::existing(searcher, &id)?;
        let citation = Citation::new(&opinion);
        format!("{}\n\n{citation}\n{}\n", opinion.text, citation.permalink(site.address()))
    } else if let Some(id) = id(MEETINGS) {
        let meeting = index.meeting(&id)?;
        let meeting = meeting.ok_or_else(|| Refusal::Told(format!("no meeting has the id {id}")))?;
        let facts = [Some(meeting.title), meeting.body, meeting.region, meeting.date];
        let mut text = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        for opinion in index.opinions_of_meeting(&meeting.id, 0, u64::MAX)? {
            let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
            let heading = [Some(format!("[{}]", opinion.id)), speaker].into_iter().flatten();
            text += &format!("\n\n{}\n{}", heading.collect::<Vec<_>>().join(" "), opinion.text);
        }
        text + "\n"
    } else {
        return Err(Refusal::Told(format!("{uri} is no resource; give {OPINIONS}ID or {MEETINGS}ID")));
    };
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri)]))
}
