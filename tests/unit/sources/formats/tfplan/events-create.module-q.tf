variable "name" {}
variable "rule_arn" {}
resource "aws_sqs_queue" "this" {
  count = 1
  name  = var.name
}
data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = aws_sqs_queue.this[*].arn
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [var.rule_arn]
    }
  }
}
resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this[0].url
  policy    = data.aws_iam_policy_document.this.json
}
output "arn" { value = try(aws_sqs_queue.this[0].arn, null) }
