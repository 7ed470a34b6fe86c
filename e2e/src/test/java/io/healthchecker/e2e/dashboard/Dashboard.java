package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import io.healthchecker.e2e.Product;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Target;
import io.healthchecker.testing.browser.Chromium;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The product with a fleet, and a browser in which somebody is signed in. */
final class Dashboard implements AutoCloseable {
    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "password123";
    private static final String DEAD = "/payments/health";

    private final Extent extent;
    private final Product product;
    private final int port;
    private final Target target;
    private final SecureShop shop = new SecureShop();
    private final Chromium chromium;
    private final ApiClient api;
    private final Fleet fleet;
    private final Stage stage;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    // of whoever looks at most of the screens; a page that stays open keeps its renderer, with all that it has compiled
    private final BrowserContext own;

    private Dashboard(Path directory, Extent extent) {
        this.extent = extent;
        target = Target.answering((path, number) -> answers.getOrDefault(path, 200));
        product = Product.in(directory);
        port = product.up();
        api = ApiClient.loggedIn(port, EMAIL);
        fleet = new Fleet(product.postgres().dataSource(), target);
        answers.put(DEAD, 503);
        stage = new Stage(api, target, DEAD, shop, fleet);
        fleet.add(
                extent.services()); // before anybody asks for the index, which is kept while no event tells of a change
        chromium = Chromium.start();
        own = context(new Browser.NewContextOptions());
        own.newPage().navigate(origin() + "/actuator/health");
        signIn();
    }

    static Dashboard start(Path directory, Extent extent) {
        return new Dashboard(directory, extent);
    }

    Extent extent() {
        return extent;
    }

    Screens screens() {
        return new Screens(stage);
    }

    Product product() {
        return product;
    }

    int port() {
        return port;
    }

    String origin() {
        return "http://localhost:" + port;
    }

    ApiClient api() {
        return api;
    }

    Fleet fleet() {
        return fleet;
    }

    /** An address that answers 503. */
    String deadUrl() {
        return target.url(DEAD);
    }

    /** An address that answers 200. */
    String wellUrl() {
        return target.url("/well");
    }

    SecureShop shop() {
        return shop;
    }

    Stage stage() {
        return stage;
    }

    /** Signs in by the form, as a person does; later tabs begin with what the browser kept. */
    private void signIn() {
        try (Tab tab = Tab.in(own, origin(), new Browser.NewContextOptions())) {
            signIn(tab, EMAIL);
        }
    }

    private void signIn(Tab tab, String email) {
        var page = tab.open("/login?next=/services");
        page.fill("input[name=email]", email);
        page.fill("input[name=password]", PASSWORD);
        page.click("form button.primary");
        page.waitForURL(origin() + "/services");
    }

    /** Calls of somebody else; the account is made where there is none yet. */
    ApiClient apiOf(String email) {
        return ApiClient.loggedIn(port, email);
    }

    /** A tab in which somebody else has signed in; the account is made where there is none yet. */
    Tab tabOf(String email, Browser.NewContextOptions options) {
        apiOf(email);
        Tab tab = Tab.of(context(options), origin(), _ -> {});
        signIn(tab, email);
        return tab;
    }

    private BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options.setLocale("en-GB"));
        Tab.prepare(context);
        return context;
    }

    /** A tab that nobody has signed in to. */
    Tab anonymous() {
        return anonymous(new Browser.NewContextOptions());
    }

    Tab anonymous(Browser.NewContextOptions options) {
        return Tab.of(context(options), origin(), _ -> {});
    }

    Tab tab() {
        return tab(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    Tab tab(Browser.NewContextOptions options) {
        return Boolean.TRUE.equals(options.bypassCSP) ? apart(options) : Tab.in(own, origin(), options);
    }

    /** A tab of a browser that has fetched nothing yet. The refresh token works once: what is left of it is handed back. */
    Tab apart(Browser.NewContextOptions options) {
        return Tab.of(
                context(options.setStorageState(own.storageState())),
                origin(),
                context -> own.addCookies(context.cookies()));
    }

    static Browser.NewContextOptions screen(int width, int height, ColorScheme scheme) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
    }

    @Override
    public void close() {
        chromium.close();
        product.close();
        target.close();
        shop.close();
    }
}
