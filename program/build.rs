//! Makes a module of each catalogue of texts: a folder of `locales`, which has a folder for each language. A text becomes a function
//! with the values of the text as its arguments. One that a language lacks becomes none, so that what uses it does not compile.

#[cfg(not(feature = "texts"))]
fn main() {}

#[cfg(feature = "texts")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, try_build_from_locales_folder};

    println!("cargo::rerun-if-changed=locales");
    let out = std::env::var("OUT_DIR")?;
    for catalogue in std::fs::read_dir("locales")? {
        let catalogue = catalogue?.path();
        let name = catalogue.file_name().unwrap_or_default().display();
        let options = BuildOptions::default()
            .with_locales_folder(&catalogue.to_string_lossy())
            .with_output_file_path(&format!("{out}/{name}.rs"))
            .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/{name}.ftl")))
            .with_lint_level(LintLevel::Deny)
            .with_prefix("")
            .without_bidi_isolation()
            .without_format();
        try_build_from_locales_folder(options)?;
    }
    Ok(())
}
