// Measures Lucene: the Japanese analyzer, the pairs of characters of the CJK analyzer, and the sum of both. Run by benches/peers/run.sh:
//
//   java -cp JARS benches/peers/Lucene.java CORPUS.jsonl QUERIES.tsv FOLDER
//
// The corpus is a line of JSON for each opinion, the queries are lines of a kind and a text with a tab between them. Prints a line of
// JSON for each measure.

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

public final class Lucene {
    private static final String WORDS = "words";
    private static final String PAIRS = "pairs";
    private static final float WEIGHT_OF_PAIRS = 0.5f;
    private static final int HITS = 10;

    private enum View {
        KUROMOJI("kuromoji"),
        CJK("pairs"),
        SUM("sum of both");

        final String label;

        View(String label) {
            this.label = label;
        }
    }

    private static final Analyzer ANALYZER =
            new PerFieldAnalyzerWrapper(new JapaneseAnalyzer(), Map.of(PAIRS, new CJKAnalyzer()));

    public static void main(String[] arguments) throws IOException {
        List<String> texts = texts(Path.of(arguments[0]));
        Map<String, List<String>> queries = queries(Path.of(arguments[1]));
        for (View view : View.values()) {
            measure(view, texts, queries, Path.of(arguments[2]).resolve(view.name()));
        }
    }

    private static void measure(View view, List<String> texts, Map<String, List<String>> queries, Path folder)
            throws IOException {
        String engine = "Lucene " + Version.LATEST + ", " + view.label;
        long start = System.nanoTime();
        try (FSDirectory directory = FSDirectory.open(folder)) {
            IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(256);
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                // As many threads as there are cores, as gijiroku has.
                texts.parallelStream().forEach(text -> add(writer, view, text));
                writer.forceMerge(1);
            }
            double indexing = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "{\"engine\":\"%s\",\"indexing_s\":%.2f,\"bytes\":%d}%n", engine, indexing, size(folder));
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                for (Map.Entry<String, List<String>> kind : queries.entrySet()) {
                    // The first rounds warm up caches and the compiler.
                    double[] times = {};
                    for (int round = 0; round < 3; round++) {
                        times = times(view, kind.getKey(), kind.getValue(), reader);
                    }
                    Arrays.sort(times);
                    System.out.printf(Locale.ROOT, "{\"engine\":\"%s\",\"kind\":\"%s\",\"p50_ms\":%.3f,\"p99_ms\":%.3f}%n", engine,
                            kind.getKey(), times[times.length / 2], times[(times.length - 1) * 99 / 100]);
                }
            }
        }
    }

    private static void add(IndexWriter writer, View view, String text) {
        Document document = new Document();
        document.add(new StoredField("text", text));
        if (view != View.CJK) {
            document.add(new TextField(WORDS, text, Field.Store.NO));
        }
        if (view != View.KUROMOJI) {
            document.add(new TextField(PAIRS, text, Field.Store.NO));
        }
        try {
            writer.addDocument(document);
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    /** Returns the time of each query in milliseconds: all matches are counted, the best ten read. */
    private static double[] times(View view, String kind, List<String> queries, DirectoryReader reader) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        double[] times = new double[queries.size()];
        int length = 0;
        for (int place = 0; place < times.length; place++) {
            long start = System.nanoTime();
            Query query = query(view, kind, queries.get(place));
            TopDocs found = searcher.search(query, new TopScoreDocCollectorManager(HITS, null, Integer.MAX_VALUE));
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc hit : found.scoreDocs) {
                length += stored.document(hit.doc).get("text").length();
            }
            times[place] = (System.nanoTime() - start) / 1e6;
        }
        if (length == 0) {
            throw new IllegalStateException("nothing was found");
        }
        return times;
    }

    private static Query query(View view, String kind, String text) {
        return switch (view) {
            case KUROMOJI -> query(WORDS, kind, text);
            case CJK -> query(PAIRS, kind, text);
            case SUM -> new BooleanQuery.Builder()
                    .add(query(WORDS, kind, text), Occur.SHOULD)
                    .add(new BoostQuery(query(PAIRS, kind, text), WEIGHT_OF_PAIRS), Occur.SHOULD)
                    .build();
        };
    }

    /** Reads a query as Lucene's query parsers do: as a bag of terms, and in quotation marks as a phrase. */
    private static Query query(String field, String kind, String text) {
        QueryBuilder builder = new QueryBuilder(ANALYZER);
        Query query = kind.equals("a quoted string")
                ? builder.createPhraseQuery(field, text)
                : builder.createBooleanQuery(field, text);
        return query == null ? new MatchNoDocsQuery() : query;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long size = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static Map<String, List<String>> queries(Path file) throws IOException {
        Map<String, List<String>> queries = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 2);
            queries.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(parts[1]);
        }
        return queries;
    }

    private static List<String> texts(Path corpus) throws IOException {
        Pattern text = Pattern.compile("\"text\": ?\"((?:[^\"\\\\]|\\\\.)*+)\"");
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(corpus)) {
            Matcher matcher = text.matcher(line);
            if (matcher.find()) {
                texts.add(unescaped(matcher.group(1)));
            }
        }
        return texts;
    }

    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int place = 0; place < json.length(); place++) {
            char character = json.charAt(place);
            if (character != '\\') {
                text.append(character);
                continue;
            }
            place++;
            switch (json.charAt(place)) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json, place + 1, place + 5, 16));
                    place += 4;
                }
                default -> text.append(json.charAt(place));
            }
        }
        return text.toString();
    }
}
