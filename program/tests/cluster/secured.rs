//! A cluster with the security plugin: TLS, users and what they may do.

use std::fs;
use std::path::Path;

use crate::NODES;
use crate::support::{Output, Project, split};

/// The user who indexes, and the one who only searches, as program/tests/cluster/roles.yml says.
const WRITER: &str = "writer";
const READER: &str = "reader";

/// A password that nobody has.
const WRONG: &str = "not-the-password";

struct Asking<'a> {
    project: &'a Project,
    folder: &'a Path,
}

impl Asking<'_> {
    /// Runs the program as a user who has the password in a file, with the changes of `variables`.
    fn run(&self, user: &str, line: &str, variables: &[(&str, &str)]) -> Output {
        let mut command = self.project.command();
        command.args(split(line));
        command.env("GIJIROKU_INDEX", format!("opensearchs://{}/minutes", NODES[0]));
        command.env("GIJIROKU_CLUSTER_USER", user);
        command.env("GIJIROKU_CLUSTER_PASSWORD_FILE", self.folder.join("password"));
        command.env("GIJIROKU_CLUSTER_CA", self.folder.join("ca.pem"));
        command.envs(variables.iter().copied());
        Output::of(command)
    }
}

pub(crate) fn lets_in_whom_it_knows(folder: &Path) {
    let project = Project::with_seed();
    let asking = Asking { project: &project, folder };
    let password = fs::read_to_string(folder.join("password")).unwrap();
    let password = password.trim();

    assert_eq!(project.run("index").code, 0);
    let built = asking.run(WRITER, "index data/minutes --replicas 0", &[]);
    assert!(built.code == 0 && built.stdout.contains("200 opinions"), "{}", built.stderr);
    // A generation that is new, and one that is cloned.
    let line = |number: usize| format!("{{\"text\":\"宇宙飛行士の訪問看護{number}\"}}\n");
    project.write("data/minutes/more.jsonl", (0..300).map(line).collect::<String>());
    let changed = asking.run(WRITER, "index data/minutes --replicas 0", &[]);
    assert_eq!(changed.code, 0, "{}", changed.stderr);
    assert_eq!(project.run("index").code, 0);
    // More are wanted than are scored here, which takes a point in time.
    for line in [
        "search 宇宙飛行士 --limit 1001",
        "search 訪問看護 --limit all --sort date",
        "show 20171213-区中央部-6 --full",
        "keywords 看取り",
    ] {
        let found = asking.run(READER, line, &[]);
        assert_eq!(found.code, 0, "{}", found.stderr);
        assert_eq!(found.timeless(), project.run(line).timeless());
    }
    // The password in a variable, and one that is wrong.
    let variable = "GIJIROKU_CLUSTER_PASSWORD";
    assert_eq!(asking.run(READER, "search 訪問看護", &[(variable, password)]).code, 0);

    project.write("data/minutes/more.jsonl", "{\"text\":\"もう一つの意見\"}\n");
    for (user, line, variables, told) in [
        (
            READER,
            "search 訪問看護",
            [(variable, WRONG)],
            "does not know this user with this password; give the name in GIJIROKU_CLUSTER_USER",
        ),
        ("nobody", "search 訪問看護", [(variable, password)], "does not know this user with this password"),
        ("", "search 訪問看護", [(variable, password)], "does not know this user with this password"),
        (
            READER,
            "index data/minutes",
            [(variable, password)],
            "does not allow this to the user (no permissions for [",
        ),
        (
            READER,
            "search 訪問看護",
            [("GIJIROKU_INDEX", &*format!("opensearchs://{}/others", NODES[0]))],
            "does not allow this",
        ),
        (
            READER,
            "search 訪問看護",
            [("GIJIROKU_CLUSTER_CA", &*folder.join("other-ca.pem").to_string_lossy())],
            "the certificate of the cluster is not trusted (127.0.0.1:9201: io: invalid peer certificate: UnknownIssuer); name a file",
        ),
        (READER, "search 訪問看護", [("GIJIROKU_CLUSTER_CA", "")], "in GIJIROKU_CLUSTER_CA"),
        (
            READER,
            "search 訪問看護",
            [("GIJIROKU_INDEX", "opensearchs://localhost:9201/minutes")],
            "each node as its certificate names it",
        ),
        (
            READER,
            "search 訪問看護",
            [("GIJIROKU_CLUSTER_CA", &*folder.join("password").to_string_lossy())],
            "must have certificates in PEM",
        ),
        (
            READER,
            "search 訪問看護",
            [("GIJIROKU_INDEX", &*format!("opensearch://{}/minutes", NODES[0]))],
            "write opensearchs:// if it speaks TLS",
        ),
    ] {
        let refused = asking.run(user, line, &variables);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{told}");
        assert!(refused.stderr.contains(told), "{told}: {}", refused.stderr);
        for secret in [WRONG, password] {
            assert!(!refused.stderr.contains(secret), "{}", refused.stderr);
        }
    }
}

/// The roles in the book are those that were tried.
#[test]
fn the_book_lists_these_rights() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let roles = fs::read_to_string(root.join("tests/cluster/roles.yml")).unwrap();
    for language in ["en", "ja"] {
        let chapter =
            fs::read_to_string(root.join("../docs/book").join(language).join("src/cluster.md")).unwrap();
        let in_book = chapter.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
        let rights = |text: &str| {
            text.lines().filter(|line| !line.trim().starts_with('#')).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(rights(in_book.trim()), rights(roles.trim()), "{language}");
    }
}
