//! Prompts: two tasks for which the tools are made, as a user would give them.

use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::Value;

/// A task with one topic.
struct Task {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// The text before the topic and after it.
    text: [&'static str; 2],
}

const TOPIC: &str = "topic";

const TASKS: [Task; 2] = [
    Task {
        name: "compare-regions",
        title: "圏域を比べる",
        description: "Compare what the regions of the minutes say of a topic",
        text: [
            "議事録で「",
            "」について、圏域ごとに何がどれだけ話されているかを比べてください。まず compare で件数と割合を確かめ、\
             多い圏域と、まったく触れていない圏域を挙げます。次に search で主な圏域の意見を読み、違いと共通点を整理します。\
             発言は原文のまま引用し、それぞれに citation と permalink を付けてください。見つからないことは、そう書いてください。",
        ],
    },
    Task {
        name: "brief-on-topic",
        title: "論点を整理する",
        description: "Brief on a topic from the minutes, with citations",
        text: [
            "議事録から「",
            "」についての論点を、A4 で 1 枚ほどに整理してください。search で言い方を変えながら探し、context で前後を確かめます。\
             現状、課題、提案に分け、どの主張にも発言の引用と citation、permalink を付けてください。反対の意見や少数の意見も\
             落とさず、議事録にないことは書かないでください。",
        ],
    },
];

pub(super) fn list() -> Vec<Prompt> {
    let topic = || {
        PromptArgument::new(TOPIC)
            .with_description("The topic, in Japanese, such as 在宅医療と介護の連携")
            .with_required(true)
    };
    TASKS
        .iter()
        .map(|task| {
            Prompt::new(task.name, Some(task.description), Some(vec![topic()])).with_title(task.title)
        })
        .collect()
}

pub(super) fn get(name: &str, arguments: &JsonObject) -> Result<GetPromptResult, ErrorData> {
    let wrong = |reason: String| ErrorData::invalid_params(reason, None);
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        let names = TASKS.map(|task| task.name).join(" and ");
        return Err(wrong(format!("there is no prompt {name}; there are {names}")));
    };
    if let Some(unknown) = arguments.keys().find(|name| *name != TOPIC) {
        return Err(wrong(format!("{name} has no argument {unknown}; it has {TOPIC}")));
    }
    let topic = arguments.get(TOPIC).and_then(Value::as_str).map(str::trim).filter(|topic| !topic.is_empty());
    let topic = topic.ok_or_else(|| wrong(format!("{name} needs a {TOPIC}")))?;
    let [before, after] = task.text;
    let message = PromptMessage::new_text(Role::User, format!("{before}{topic}{after}"));
    Ok(GetPromptResult::new(vec![message]).with_description(task.description))
}
