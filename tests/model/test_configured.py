"""Keys out of structs that configuration fills, and out of others."""

from __future__ import annotations

import pytest
from programs import program

from maplint.model.growth import Growth

CONFIGURED = {
    "a field that a flag fills": """
        import "flag"
        type settings struct { host string }
        var options settings
        func main() { flag.StringVar(&options.host, "host", "", ""); serve(options.host) }
    """,
    "a file decoded by a helper": """
        import "github.com/go-viper/mapstructure/v2"
        func decode(from map[string]any, into any) { mapstructure.Decode(from, into) }
        func FromConfig(other map[string]any) {
            var cc struct { Host string }
            decode(other, &cc)
            serve(cc.Host)
        }
    """,
    "the options of a decoder": """
        import "github.com/go-viper/mapstructure/v2"
        func FromConfig(other map[string]any) {
            var cc struct { Host string }
            decoder, _ := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: &cc})
            decoder.Decode(other)
            serve(cc.Host)
        }
    """,
    "part of a file": """
        import ("os"; "gopkg.in/yaml.v3")
        type upstream struct { Host string }
        type config struct { Upstreams []upstream }
        func main() {
            data, _ := os.ReadFile("config.yaml")
            c := &config{}
            yaml.Unmarshal(data, c)
            for _, each := range c.Upstreams { serve(each.Host) }
        }
    """,
    "by way of an object made of it": """
        import "github.com/BurntSushi/toml"
        type config struct { Host string }
        type client struct { host string }
        func (c *client) run() { serve(c.host + ":80") }
        func main() {
            var c config
            toml.DecodeFile("config.toml", &c)
            (&client{host: c.Host}).run()
        }
    """,
    "a server that is dialed": """
        import ("flag"; "net")
        type settings struct { host string }
        var options settings
        func main() {
            flag.StringVar(&options.host, "host", "", "")
            conn, _ := net.Dial("tcp", net.JoinHostPort(options.host, "80"))
            serve(conn.RemoteAddr().String())
        }
    """,
    "a JSON file of settings": """
        import ("encoding/json"; "os")
        type upstream struct { Host string }
        type ServerConfig struct { Upstreams []upstream }
        func main() {
            file, _ := os.Open("config.json")
            var c ServerConfig
            json.NewDecoder(file).Decode(&c)
            for _, each := range c.Upstreams { serve(each.Host) }
        }
    """,
}
OTHERS = {
    "a request's body": """
        import ("encoding/json"; "net/http")
        type order struct { Host string }
        func Handle(w http.ResponseWriter, r *http.Request) {
            var o order
            json.NewDecoder(r.Body).Decode(&o)
            serve(o.Host)
        }
    """,
    "one caller that has it from a request": """
        import ("flag"; "net/http")
        type settings struct { host string }
        var options settings
        func Handle(w http.ResponseWriter, r *http.Request) { serve(r.Host) }
        func main() { flag.StringVar(&options.host, "host", "", ""); serve(options.host) }
    """,
    "a peer that is heard of and dialed": """
        import "net"
        func Meet(peers chan string) {
            for peer := range peers {
                conn, _ := net.Dial("tcp", peer)
                serve(conn.RemoteAddr().String())
            }
        }
    """,
}
COMMAND = """
import "github.com/spf13/cobra"
func run(command *cobra.Command, args []string) {
    host, _ := command.Flags().GetString("host")
    serve(host)
}
func main() { (&cobra.Command{RunE: run}).Execute() }
"""
COUNTS = """
var counts = map[string]int{}
func serve(host string) { for { counts[host]++ } }
"""


def growth(text: str) -> Growth:
    found = program({"m.go": f"package main\n{text}{COUNTS}"})
    site = next(site for site in found.sites.values() if site.name == "counts")
    return found.judge.growth(site)


def signs(text: str) -> set[str]:
    return {sign.name for sign in growth(text).signs}


@pytest.mark.parametrize("text", CONFIGURED.values(), ids=CONFIGURED.keys())
def test_the_configuration_names_the_keys(text: str) -> None:
    assert "key-configured" in signs(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_the_configuration_does_not_name_them(text: str) -> None:
    assert "key-configured" not in signs(text)


def test_a_flag_of_a_command_has_one_value() -> None:
    assert growth(COMMAND).verdict == "fixed"


STORAGES = """package main

import ("errors"; "net/http"; "strings"; "gopkg.in/yaml.v3")

type root struct { Dir string }
type config struct { Roots map[string]root }

var (
    settings config
    open = map[string]*storage{}
)

type storage struct { dir string }

func newStorage(dir string) *storage { return &storage{dir} }

func load(data []byte) { yaml.Unmarshal(data, &settings) }

func find(name string) (*storage, error) {
    found, ok := open[name]
    if !ok {
        if name == "" {
            found = newStorage("public")
        } else if strings.HasPrefix(name, "local:") {
            FOUND
            found = newStorage(one.Dir)
        }
        open[name] = found
    }
    return found, nil
}

func Handle(w http.ResponseWriter, r *http.Request) { find(r.URL.Path) }

func main() { http.HandleFunc("/", Handle) }
"""


@pytest.mark.parametrize(
    ("lookup", "configured"),
    [
        ('one, ok := settings.Roots[name[6:]]; if !ok { return nil, errors.New("unknown") }', True),
        ("one := root{Dir: name}", False),
        ('one := settings.Roots["default"]', False),
    ],
)
def test_an_entry_that_is_made_of_what_the_configuration_has_under_its_key(
    lookup: str, configured: bool
) -> None:
    found = program({"m.go": STORAGES.replace("FOUND", lookup)})
    growth = found.judge.growth(found.sites["example.com/m.open"])
    assert ("key-configured" in {sign.name for sign in growth.signs}) is configured


WATCHED = """package main

import ("net/http"; "gopkg.in/yaml.v3")

type config struct { Watches map[string]int; Names []string }

var settings config

func load(data []byte) { yaml.Unmarshal(data, &settings) }

func Handle(w http.ResponseWriter, r *http.Request) {
    seen := settings.Watches[r.Host]
    settings.Watches[r.Host] = seen + 1
}

func main() { http.HandleFunc("/", Handle) }
"""


def test_what_the_map_itself_has_under_a_key_says_nothing_of_the_configuration() -> None:
    found = program({"m.go": WATCHED})
    growth = found.judge.growth(found.sites["example.com/m.config.Watches"])
    assert "key-configured" not in {sign.name for sign in growth.signs}


FOLDERS = """package main

import ("encoding/json"; "net/http"; "sync")

type folderConfig struct { ID string }

type model struct {
    mu     sync.Mutex
    opened map[string]folderConfig
    tokens map[string]string
}

var m = &model{opened: map[string]folderConfig{}, tokens: map[string]string{}}

func (m *model) open(folder folderConfig) {
    m.mu.Lock()
    defer m.mu.Unlock()
    m.opened[folder.ID] = folder
    m.tokens[folder.ID] = "new"
}

func (m *model) close(folder folderConfig) { CLOSES }

func Handle(w http.ResponseWriter, r *http.Request) {
    var folder folderConfig
    json.NewDecoder(r.Body).Decode(&folder)
    m.open(folder)
    m.close(folder)
}

func main() { http.HandleFunc("/", Handle) }
"""


@pytest.mark.parametrize(("closes", "configured"), [("delete(m.opened, folder.ID)", False), ("", True)])
def test_configuration_whose_parts_are_taken_out_elsewhere_changes(closes: str, configured: bool) -> None:
    found = program({"m.go": FOLDERS.replace("CLOSES", closes)})
    growth = found.judge.growth(found.sites["example.com/m.model.tokens"])
    assert ("key-configured" in {sign.name for sign in growth.signs}) is configured
