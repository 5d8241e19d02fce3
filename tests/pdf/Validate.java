import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validate FLAVOUR[,FLAVOUR] FILE … - asks veraPDF whether each file keeps each standard ("2a", "ua1"). */
public class Validate {
    private static boolean keeps(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> broken = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                String words = rule + " " + assertion.getMessage();
                if (broken.merge(words, 1, Integer::sum) == 1) {
                    System.out.println("  " + words + " (" + assertion.getLocation().getContext() + ")");
                }
            }
            return result.isCompliant();
        }
    }

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int bad = 0;
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                boolean isGood = keeps(arguments[i], flavour);
                System.out.println((isGood ? "ok      " : "FAILED  ") + flavour + " " + arguments[i]);
                bad += isGood ? 0 : 1;
            }
        }
        System.exit(bad > 0 ? 1 : 0);
    }
}
