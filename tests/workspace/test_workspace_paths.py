"""What PATH arguments select, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from go_trees import EVERYTHING, chosen, loaded, names, plant

from maplint.errors import MaplintError
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A module with folders that `./...` enters and folders that it skips."""
    return plant(
        tmp_path / "shop",
        {
            "go.mod": "module example.com/shop\n",
            "shop.go": "",
            "cart/cart.go": "",
            "cart/cart_linux.go": "package cart",
            "cart/cart_test.go": "package cart",
            "cart/_old.go": "package cart",
            "cart/.hidden.go": "package cart",
            "cart/item/item.go": "",
            "cart/testdata/case/case.go": "",
            "cart/testdata/case/deep/deep.go": "",
            "cart/testdata/case/testdata/more.go": "package more",
            "_draft/draft.go": "package draft",
            ".git/hook.go": "package hook",
            "vendor/example.com/v/v.go": "",
            "docs/README.md": "# no Go",
        },
    )


ALL = {
    "example.com/shop": ["shop.go"],
    "example.com/shop/cart": ["cart.go", "cart_linux.go", "cart_test.go"],
    "example.com/shop/cart/item": ["item.go"],
}


@pytest.mark.parametrize("path", ["./...", "...", "{shop}/...", "example.com/shop/...", "cart/../..."])
def test_dots_are_all_of_a_module(shop: str, path: str) -> None:
    assert chosen(shop, path.format(shop=shop)) == ALL


@pytest.mark.parametrize("path", [".", "./", "{shop}", "example.com/shop"])
def test_the_root_alone(shop: str, path: str) -> None:
    assert chosen(shop, path.format(shop=shop)) == {"example.com/shop": ["shop.go"]}


def test_no_path_loads_what_dots_load(shop: str) -> None:
    assert load((), shop, EVERYTHING) == load(("./...",), shop, EVERYTHING)


@pytest.mark.parametrize(
    "path", ["cart", "./cart", "cart/", "./cart/", "cart/.", "docs/../cart", "{shop}/cart"]
)
def test_a_folder_is_one_package(shop: str, path: str) -> None:
    selected = chosen(shop, path.format(shop=shop))
    assert selected == {"example.com/shop/cart": ["cart.go", "cart_linux.go", "cart_test.go"]}


@pytest.mark.parametrize("path", ["cart/...", "./cart/...", "{shop}/cart/...", "example.com/shop/cart/..."])
def test_dots_add_the_folders_below(shop: str, path: str) -> None:
    selected = chosen(shop, path.format(shop=shop))
    assert list(selected) == ["example.com/shop/cart", "example.com/shop/cart/item"]


def test_a_file_is_selected_alone(shop: str) -> None:
    assert chosen(shop, "cart/cart.go") == {"example.com/shop/cart": ["cart.go"]}


def test_paths_add_up_and_may_overlap(shop: str) -> None:
    selected = chosen(shop, "cart/cart.go", "./cart", "cart/item/item.go", "cart/item/...")
    assert selected == {key: files for key, files in ALL.items() if key != "example.com/shop"}


@pytest.mark.parametrize("path", ["cart", "cart/cart.go", "cart/item/..."])
def test_the_whole_module_is_loaded_whatever_is_named(shop: str, path: str) -> None:
    assert names(loaded(shop, path)) == ALL


def test_paths_are_seen_from_the_working_directory(shop: str) -> None:
    assert chosen(shop, "./...", cwd="cart/item") == {"example.com/shop/cart/item": ["item.go"]}
    assert chosen(shop, "..", cwd="cart/item") == {"example.com/shop/cart": ALL["example.com/shop/cart"]}
    assert chosen(shop, "../...", cwd="cart/item").keys() == {
        "example.com/shop/cart",
        "example.com/shop/cart/item",
    }


@pytest.mark.parametrize(
    ("path", "selected"),
    [
        ("cart/testdata/case", {"example.com/shop/cart/testdata/case": ["case.go"]}),
        (
            "cart/testdata/...",
            {
                "example.com/shop/cart/testdata/case": ["case.go"],
                "example.com/shop/cart/testdata/case/deep": ["deep.go"],
            },
        ),
        ("cart/testdata/case/testdata", {"example.com/shop/cart/testdata/case/testdata": ["more.go"]}),
        ("_draft/...", {"example.com/shop/_draft": ["draft.go"]}),
        (".git", {"example.com/shop/.git": ["hook.go"]}),
        ("vendor/...", {"example.com/v": ["v.go"]}),
        ("cart/testdata/case/case.go", {"example.com/shop/cart/testdata/case": ["case.go"]}),
    ],
)
def test_a_named_root_is_always_entered(shop: str, path: str, selected: dict[str, list[str]]) -> None:
    workspace = loaded(shop, path)
    assert names(workspace, selected=[True]) == selected
    assert names(workspace) == ALL | selected


def test_dots_from_within_a_skipped_folder(shop: str) -> None:
    assert list(chosen(shop, "./...", cwd="cart/testdata/case")) == [
        "example.com/shop/cart/testdata/case",
        "example.com/shop/cart/testdata/case/deep",
    ]


def test_a_named_file_that_go_ignores_stands_alone(shop: str) -> None:
    assert chosen(shop, "cart/_old.go") == {"example.com/shop/cart [_old.go]": ["_old.go"]}
    assert chosen(shop, "cart/.hidden.go") == {"example.com/shop/cart [.hidden.go]": [".hidden.go"]}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "path 'nowhere' does not exist"),
        ("nowhere/...", "path 'nowhere/...' does not exist"),
        ("nowhere.go", "path 'nowhere.go' does not exist"),
        ("example.com/shop/nowhere", "path 'example.com/shop/nowhere' does not exist"),
        ("docs", "no Go files in 'docs' (write docs/... for what is below)"),
        ("cart/testdata/", "no Go files in 'cart/testdata/' (write cart/testdata/... for what is below)"),
        ("docs/README.md", "'docs/README.md' is not a Go file (name a folder, a .go file or ./...)"),
        ("shop.go/...", "path 'shop.go/...' is not a folder (write shop.go for the file alone)"),
        ("./c...", "pattern './c...' is not supported (write ... as its last element: ./pkg/...)"),
        ("./.../cart", "pattern './.../cart' is not supported (write ... as its last element: ./pkg/...)"),
        ("", "an empty path names nothing (write . for the working directory)"),
    ],
)
def test_what_cannot_be_named_is_said(shop: str, path: str, message: str) -> None:
    with pytest.raises(MaplintError) as raised:
        loaded(shop, "./...", path)
    assert str(raised.value) == message


def test_dots_over_a_tree_without_go_are_a_notice(shop: str) -> None:
    assert loaded(shop, "docs/...").notices == ("no Go files below docs/...",)


def test_dots_over_an_empty_folder_load_nothing(tmp_path: Path) -> None:
    workspace = load(("./...",), str(tmp_path), LoadOptions())
    assert (workspace.units, workspace.modules, workspace.faults) == ((), (), ())
    assert workspace.notices == ("no Go files below ./...",)


def test_tests_are_loaded_on_request_alone(shop: str) -> None:
    assert chosen(shop, "cart", options=LoadOptions()) == {
        "example.com/shop/cart": ["cart.go", "cart_linux.go"]
    }


def test_a_named_test_file_is_no_error_without_tests(shop: str) -> None:
    workspace = loaded(shop, "cart/cart_test.go", options=LoadOptions())
    assert workspace.notices == ("nothing to analyse in cart/cart_test.go: test files without --tests (1)",)
    assert not any(file.selected for unit in workspace.units for file in unit.files)


def test_the_repository_root_is_the_nearest_with_git(shop: str, tmp_path: Path) -> None:
    assert loaded(shop, "./...", cwd="cart/item").root == shop
    (tmp_path / "shop/cart/.git").write_text("gitdir: elsewhere\n")
    assert loaded(shop, "./...", cwd="cart/item").root == f"{shop}/cart"


def test_without_a_repository_the_root_is_the_working_directory(tmp_path: Path) -> None:
    root = plant(tmp_path, {"a/a.go": ""})
    assert loaded(root, "./...", cwd="a").root == f"{root}/a"


def test_the_order_of_paths_changes_nothing(shop: str) -> None:
    one = load(("cart", "cart/testdata/...", "shop.go"), shop, EVERYTHING)
    assert one == load(("shop.go", "cart/testdata/...", "cart"), shop, EVERYTHING)


def test_records_hold_absolute_paths_and_bytes(shop: str) -> None:
    (file,) = next(unit.files for unit in loaded(shop, ".").units if unit.import_path == "example.com/shop")
    assert (file.path, file.data, file.package) == (f"{shop}/shop.go", b"package shop\n", "shop")
