"""Search finds what an interviewer's words mean, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.bank import loading, search

BANK = loading.load()
INDEX = search.index(BANK)

# What a person types, and a question that has to be among the first three.
QUERIES = [
    ("shortcut matters", "why-shortcuts"),
    ("捷径 重要", "why-shortcuts"),
    ("why does resnet work", "why-shortcuts"),
    ("why skip connections", "why-shortcuts"),
    ("为什么要有跳跃连接", "why-shortcuts"),
    ("degredation", "three-failures"),  # a wrong letter is forgiven
    ("退化", "three-failures"),
    ("vanishing", "three-failures"),
    ("梯度消失", "three-failures"),
    ("exploding gradients", "signal-flow"),
    ("batch norm", "batchnorm-role"),
    ("批归一化", "batchnorm-role"),
    ("批归一画", "batchnorm-role"),  # so is a wrong character
    ("bn backward", "batchnorm-backward"),
    ("参数量", "count-by-hand"),
    ("number of parameters", "count-by-hand"),
    ("flops", "count-by-hand"),
    ("SE", "squeeze-excite-cbam"),
    ("cbam", "squeeze-excite-cbam"),
    ("1x1", "residual-block"),
    ("bottleneck", "residual-block"),
    ("receptive field", "kernels-receptive-field"),
    ("感受野", "kernels-receptive-field"),
    ("mobilenet", "depthwise-separable"),
    ("kaiming", "he-glorot-initialisation"),
    ("初始化", "he-glorot-initialisation"),
    ("preact", "pre-activation"),
    ("resnet v2", "pre-activation"),
    ("fp16", "limits-in-production"),
    ("int8", "fold-and-quantise"),
    ("迁移学习", "fine-tune-backbone"),
    ("lora", "adapters-and-lora"),
    ("transformer residual", "residual-stream-transformers"),
    ("p99", "serving-under-10-ms"),
    ("nan loss", "nan-after-hundreds-of-steps"),
    ("label smoothing", "label-smoothing"),
    ("ema", "averaged-weights-and-batchnorm"),
    ("densenet vs resnet", "add-concatenate-gate"),
    ("confusion matrix", "measuring-a-classifier"),
    ("residual-block", "residual-block"),
]


@pytest.mark.parametrize(("query", "wanted"), QUERIES)
def test_an_interviewers_words_find_the_question(query, wanted):
    assert wanted in [question.id for question in search.search(INDEX, query)][:3]


def test_a_short_word_matches_words_and_not_letters():
    found = search.search(INDEX, "SE")
    assert 0 < len(found) < len(BANK.questions) / 3


def test_nothing_gives_all_and_nonsense_none():
    assert len(search.search(INDEX, "  ")) == len(BANK.questions)
    assert search.search(INDEX, "qqqqzzzz") == []


def test_every_synonym_is_found_in_the_bank_by_its_group():
    for group in INDEX.synonyms.groups:
        assert search.search(INDEX, sorted(group)[0]), sorted(group)


@given(st.text(max_size=60))
def test_any_query_is_answered(query):
    assert isinstance(search.search(INDEX, query), list)
